import { fail } from '../../base/result.ts';
import type { Fail } from '../../base/result.ts';
import type { Json } from '../../base/json.ts';
import { kindOf } from '../../protocol/id.ts';
import type { Refusal } from '../../protocol/operation/index.ts';
import type { RecordOf } from '../../protocol/record/index.ts';

// Everything VMMS says no with: the kind, the sentence a person reads, the real return code.

/** Return codes of Msvm methods. Source: Msvm_ShutdownComponent.InitiateShutdown and its sisters. */
export const CODE = {
  failed: 32768,
  timeout: 32772,
  invalidParameter: 32773,
  invalidState: 32775,
  notReady: 32780,
  outOfMemory: 0x8007_000e,
  sharingViolation: 0x8007_0020,
  noResources: 0x8007_05aa,
  rpcUnavailable: 0x8007_06ba,
} as const;

function refusal(
  kind: string,
  code: number | null,
  message: string,
  data: { readonly [key: string]: Json } = {},
): Fail<Refusal> {
  return fail({ kind, code, message, data });
}

export function invalidState(vm: RecordOf<'vm'>, requested: string): Fail<Refusal> {
  return refusal(
    'InvalidState',
    CODE.invalidState,
    'The operation cannot be performed while the object is in its current state.',
    { vm: vm.id, name: vm.name, state: vm.state, requested },
  );
}

export function notFound(id: string): Fail<Refusal> {
  const kind = kindOf(id);
  const name = id.slice(kind.length + 1);
  const message =
    kind === 'vm'
      ? `Hyper-V was unable to find a virtual machine with id "${name}".`
      : `The object was not found: ${name}.`;
  return refusal('NotFound', null, message, { id });
}

/** Hyper-V Manager's sentence when the Virtual Machine Management service does not answer. */
export function serviceStopped(host: RecordOf<'host'>): Fail<Refusal> {
  return refusal(
    'ServiceUnavailable',
    CODE.failed,
    `An error occurred while attempting to connect to server "${host.name}". Check that the Virtual Machine Management service is running and that you are authorized to connect to the server.`,
    { host: host.id },
  );
}

/** Hyper-V Manager's sentence for a computer that is not there. */
export function hostUnreachable(host: RecordOf<'host'>): Fail<Refusal> {
  return refusal(
    'HostUnreachable',
    CODE.rpcUnavailable,
    `Cannot connect to the RPC service on computer '${host.name}'. Make sure your RPC service is running.`,
    { host: host.id, state: host.state },
  );
}

export function hostState(host: RecordOf<'host'>, requested: string): Fail<Refusal> {
  return refusal(
    'InvalidHostState',
    CODE.invalidState,
    `Host ${host.name} is ${host.state.toLowerCase()}.`,
    { host: host.id, state: host.state, requested },
  );
}

export function serviceState(service: RecordOf<'service'>, requested: string): Fail<Refusal> {
  // Win32 1056 and 1062: the Service Control Manager's own sentences.
  const starting = requested === 'start';
  return refusal(
    'InvalidServiceState',
    starting ? 0x8007_0420 : 0x8007_0426,
    starting
      ? 'An instance of the service is already running.'
      : 'The service has not been started.',
    { service: service.id, state: service.state, requested },
  );
}

/** What becomes of an operation that a stopping service could not wait for. */
export function serviceStopping(): Fail<Refusal> {
  return refusal(
    'ServiceStopping',
    CODE.failed,
    'The operation was ended because the Virtual Machine Management service is stopping.',
  );
}

export function hypervisorNotRunning(vm: RecordOf<'vm'>): Fail<Refusal> {
  return refusal(
    'HypervisorNotRunning',
    CODE.failed,
    `Virtual machine '${vm.name}' could not be started because the hypervisor is not running.`,
    { vm: vm.id },
  );
}

export function notEnoughMemory(vm: RecordOf<'vm'>, free: number): Fail<Refusal> {
  const megabytes = Math.floor(vm.memoryStartup / (1024 * 1024));
  return refusal(
    'NotEnoughMemory',
    CODE.outOfMemory,
    `Not enough memory in the system to start the virtual machine ${vm.name} with ram size ${megabytes} megabytes.`,
    { vm: vm.id, needed: vm.memoryStartup, free },
  );
}

export function tooManyRunning(vm: RecordOf<'vm'>, running: number): Fail<Refusal> {
  return refusal(
    'TooManyRunning',
    CODE.noResources,
    `Virtual machine '${vm.name}' could not be started: ${running} virtual machines are running on this host.`,
    { vm: vm.id, running },
  );
}

export function noShutdownService(vm: RecordOf<'vm'>): Fail<Refusal> {
  return refusal(
    'NotReady',
    CODE.notReady,
    'The virtual machine could not be shut down because the Hyper-V Shutdown integration service is unavailable.',
    { vm: vm.id, name: vm.name, heartbeat: vm.heartbeat },
  );
}

export function shutdownTimeout(vm: RecordOf<'vm'>): Fail<Refusal> {
  return refusal(
    'Timeout',
    CODE.timeout,
    `The guest of virtual machine '${vm.name}' did not shut down in time.`,
    { vm: vm.id },
  );
}

export function quotaReached(limit: number): Fail<Refusal> {
  return refusal('QuotaReached', null, `This lab may have ${limit} virtual machines.`, { limit });
}

export function wrongHost(id: string, host: string): Fail<Refusal> {
  return refusal('InvalidParameter', CODE.invalidParameter, `${id} is not on this host.`, {
    id,
    host,
  });
}

export function guestRefuses(vm: RecordOf<'vm'>, why: string): Fail<Refusal> {
  return refusal('GuestNotReady', CODE.notReady, why, { vm: vm.id, name: vm.name });
}

/** A value that a device of the virtual machine cannot have. */
export function outOfRange(name: string, device: string, why: string): Fail<Refusal> {
  return refusal(
    'InvalidParameter',
    CODE.invalidParameter,
    `'${name}' failed to modify device '${device}'. ${why}`,
    { name, device },
  );
}

export function diskAttached(path: string): Fail<Refusal> {
  return refusal(
    'SharingViolation',
    CODE.sharingViolation,
    `Failed to add device 'Virtual Hard Disk'. The file '${path}' is attached to another virtual machine. (0x80070020)`,
    { path },
  );
}
