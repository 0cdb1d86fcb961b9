import { type Fail, fail } from '../base/result.ts';

// What one lab, one person, one house may use up. Each row says who counts. What a socket may use up,
// commands that wait among it, stands with the wire.

export const QUOTAS = {
  /** A lab file may not allow itself more; the machine counts up to what the file says. */
  vmsPerLab: { limit: 200, of: 'virtual machines in a lab' },
  /** Counted in the transaction that creates a lab; archived labs do not count. */
  labsPerInstructor: { limit: 20, of: 'labs of an instructor' },
  /** Counted in the transaction that lets a person in. */
  membersPerLab: { limit: 250, of: 'people in a lab' },
  /** Counted in the transaction that makes a join link; revoked and expired links do not count. */
  linksPerLab: { limit: 50, of: 'open join links of a lab' },
} as const;

export type QuotaName = keyof typeof QUOTAS;
export type Quotas = Readonly<Record<QuotaName, number>>;

export interface QuotaFault {
  readonly kind: 'quota';
  readonly quota: QuotaName;
  readonly limit: number;
}

/** The limits of this installation: the table, with what its settings say otherwise. */
export const quotas = (changed: Partial<Quotas> = {}): Quotas => ({
  vmsPerLab: QUOTAS.vmsPerLab.limit,
  labsPerInstructor: QUOTAS.labsPerInstructor.limit,
  membersPerLab: QUOTAS.membersPerLab.limit,
  linksPerLab: QUOTAS.linksPerLab.limit,
  ...changed,
});

/** The refusal when `wanted` would be more than the limit, or null. */
export const overQuota = (
  limits: Quotas,
  quota: QuotaName,
  wanted: number,
): Fail<QuotaFault> | null =>
  wanted > limits[quota] ? fail({ kind: 'quota', quota, limit: limits[quota] }) : null;
