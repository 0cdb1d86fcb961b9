/** NTSTATUS of the bus: openvmm vmbus_server; names as ntstatus.h has them. */
export const NT_STATUS = {
  SUCCESS: 0,
  /** E_UNEXPECTED, what a GPADL that cannot be used is answered with. */
  GPADL_FAILED: 0x8000_ffff,
  INVALID_PARAMETER: 0xc000_000d,
  UNSUCCESSFUL: 0xc000_0001,
  INSUFFICIENT_RESOURCES: 0xc000_009a,
} as const;
