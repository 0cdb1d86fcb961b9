import type { Registry } from 'prom-client';
import type { Edge } from '../course/edge.ts';
import type {
  Accounts,
  Attempts,
  CheckLabFile,
  Identity,
  Incoming,
  JoinLinks,
  Labs,
  People,
  SignInLinks,
} from '../course/port.ts';
import type { Quotas } from '../course/quota.ts';
import type { Json } from '../base/json.ts';
import type { Question } from '../lab/port.ts';
import type { LabId } from '../protocol/id.ts';

export type Reply =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** What http is given by the composition root. It makes nothing of this itself. */
export interface HttpDeps {
  readonly identity: Identity;
  readonly signInLinks: SignInLinks;
  readonly accounts: Accounts;
  readonly labs: Labs;
  readonly joinLinks: JoinLinks;
  readonly people: People;
  readonly attempts: Attempts;
  /** better-auth behind its allow-list. */
  readonly auth: (request: Request, incoming: Incoming) => Promise<Response>;
  readonly checkLabFile: CheckLabFile;
  /** Asks a lab that runs somewhere: history, state. */
  readonly ask: (lab: LabId, question: Question) => Promise<Reply>;
  /** Lab files that come with the house. */
  readonly samples: readonly Sample[];
  readonly quotas: Quotas;
  readonly edge: Edge;
  /** `http://192.0.2.7:7420` when we listen beyond this machine: where links for a class lead. */
  readonly lanUrl: string | null;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Registry;
  readonly metricsToken: string | undefined;
  /** The folder of the built page. */
  readonly pageFolder: string;
  readonly version: string;
  readonly log: HttpLog;
}

export interface Sample {
  readonly name: string;
  readonly about: string;
  readonly file: string;
}

/** Ready when every one of them is true. */
export type Readiness = Readonly<Record<string, boolean>>;

export interface HttpLog {
  error(detail: object, message: string): void;
}
