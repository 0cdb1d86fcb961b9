/** Offer flags as the protocol of 2012 has them: openvmm protocol.rs, vmbus_server. */
export const OFFER_FLAG = {
  EnumerateDeviceInterface: 0x1,
  NamedPipeMode: 0x10,
  RequestMonitoredNotification: 0x400,
} as const;

/** The channel asks for a trigger of the monitor page. */
export const MONITORED = OFFER_FLAG.RequestMonitoredNotification;

/** What a VSP puts on the bus: one device, or one more channel of it. */
export interface Offer {
  /** The VSP's name in the device table. */
  readonly device: string;
  /** What a person reads: "IDE accelerator 0/0", "Network Adapter". */
  readonly label: string;
  readonly interfaceType: string;
  readonly instanceId: string;
  readonly flags: number;
  readonly mmioMegabytes: number;
  /** The used front of the 120-byte user-defined area, as hexadecimal; the rest is 0. */
  readonly userDefined: string;
  /** 0 is the primary channel. */
  readonly subchannelIndex: number;
}
