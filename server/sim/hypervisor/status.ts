/** HV_STATUS: TLFS 2.0a, appendix C. What the low 16 bits of a hypercall's result say. */
export const HV_STATUS = {
  SUCCESS: 0x00,
  INVALID_HYPERCALL_CODE: 0x02,
  INVALID_HYPERCALL_INPUT: 0x03,
  INVALID_ALIGNMENT: 0x04,
  INVALID_PARAMETER: 0x05,
  ACCESS_DENIED: 0x06,
  INVALID_PARTITION_STATE: 0x07,
  OPERATION_DENIED: 0x08,
  UNKNOWN_PROPERTY: 0x09,
  PROPERTY_VALUE_OUT_OF_RANGE: 0x0a,
  INSUFFICIENT_MEMORY: 0x0b,
  PARTITION_TOO_DEEP: 0x0c,
  INVALID_PARTITION_ID: 0x0d,
  INVALID_VP_INDEX: 0x0e,
  INVALID_PORT_ID: 0x11,
  INVALID_CONNECTION_ID: 0x12,
  INSUFFICIENT_BUFFERS: 0x13,
  NOT_ACKNOWLEDGED: 0x14,
  ACKNOWLEDGED: 0x16,
  INVALID_SAVE_RESTORE_STATE: 0x17,
  INVALID_SYNIC_STATE: 0x18,
  OBJECT_IN_USE: 0x19,
  INVALID_PROXIMITY_DOMAIN_INFO: 0x1a,
  INACTIVE: 0x1c,
  NO_RESOURCES: 0x1d,
} as const;

export type HvStatusName = keyof typeof HV_STATUS;
export type HvStatus = (typeof HV_STATUS)[HvStatusName];

const NAMES = new Map(
  Object.entries(HV_STATUS).map(([name, status]) => [status, name as HvStatusName]),
);

export function statusName(status: HvStatus): HvStatusName {
  return NAMES.get(status) ?? 'SUCCESS';
}

/** `SUCCESS 0x0`, as a summary shows it. */
export function statusText(status: HvStatus): string {
  return `${statusName(status)} 0x${status.toString(16).toUpperCase()}`;
}
