/**
 * What the drivers and services of a guest need to know of the system they run in; guest/ fills it
 * from its table of operating systems.
 */
export interface GuestSystem {
  /** Version of the integration components in the image: a row of COMPONENTS. */
  readonly components: string;
  /** "Windows Server 2012 Datacenter". */
  readonly osName: string;
  /** "6.2.9200". */
  readonly osVersion: string;
  /** As GetNativeSystemInfo tells it: 0 x86, 9 x64. */
  readonly processorArchitecture: number;
  /** Null has no service pack. */
  readonly servicePack: string | null;
  readonly [key: string]: string | number | null;
}
