import type { Refusal } from '../../protocol/operation/index.ts';
import { MIB } from '../hardware/page.ts';
import type { HypercallName } from './call.ts';
import type { HvStatus } from './status.ts';
import { statusName } from './status.ts';

/** Why the lower stack could not do it: a refusal with the HRESULT that Windows would show. */
export interface HypervisorFault extends Refusal {
  readonly kind:
    | 'HypervisorNotRunning'
    | 'NotEnoughMemory'
    | 'InsufficientResources'
    | 'HypercallFailed';
}

/** winerror.h, FACILITY_HYPERVISOR 0x35: a status of the hypervisor as an HRESULT. */
const FACILITY_HYPERVISOR = 0xc035_0000;

/** ERROR_HV_NOT_PRESENT. */
export function notRunning(): HypervisorFault {
  return {
    kind: 'HypervisorNotRunning',
    message: 'No hypervisor is present on this system. (0xC0351000)',
    code: 0xc035_1000,
    data: {},
  };
}

/** The memory of a virtual machine is more than the host has left: E_OUTOFMEMORY. */
export function notEnoughMemory(needed: number, available: number): HypervisorFault {
  const megabytes = Math.ceil(needed / MIB);
  return {
    kind: 'NotEnoughMemory',
    message: `Unable to allocate ${megabytes} MB of RAM: Not enough memory resources are available to complete this operation. (0x8007000E)`,
    code: 0x8007_000e,
    data: { needed, available },
  };
}

/** No pages are left to deposit: ERROR_NO_SYSTEM_RESOURCES. */
export function insufficientResources(pages: number): HypervisorFault {
  return {
    kind: 'InsufficientResources',
    message: 'Insufficient system resources exist to complete the requested service. (0x800705AA)',
    code: 0x8007_05aa,
    data: { pages },
  };
}

export function hypercallFailed(call: HypercallName, status: HvStatus): HypervisorFault {
  const code = FACILITY_HYPERVISOR + status;
  return {
    kind: 'HypercallFailed',
    message: `${call} returned HV_STATUS_${statusName(status)} (0x${code.toString(16).toUpperCase()})`,
    code,
    data: { call, status },
  };
}
