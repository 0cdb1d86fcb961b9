/** A generation of integration components: which protocol versions its drivers and services speak. */
export interface Components {
  /** VMBus versions, highest first: what `connectVmbus` is given. */
  readonly vmbus: readonly number[];
}

export const COMPONENTS: { readonly [version: string]: Components } = {
  '6.2.9200.16384': { vmbus: [0x2_0004, 0x1_0001, 0x0_000d] },
  '6.1.7601.17514': { vmbus: [0x1_0001, 0x0_000d] },
};
