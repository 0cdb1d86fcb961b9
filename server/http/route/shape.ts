import { z } from 'zod';
import { AUTHORISATION, may, type Verb } from '../../course/authorisation.ts';
import type { JoinLink, LabPerson, LabSummary, OwnSession, Viewer } from '../../course/port.ts';
import { ROLES, type Role } from '../../protocol/role.ts';

// What the answers look like, for the OpenAPI document and for the page.

export const moment = z.iso.datetime().meta({ description: 'UTC, as 2012-09-04T10:00:00.000Z' });
export const role = z.enum(ROLES);
const verb = z.enum(Object.keys(AUTHORISATION) as [Verb, ...Verb[]]);

/** Any of the texts that tokens are; whether it is one is no question of form. */
export const token = z.string().min(1).max(100);

/** Postgres keeps every character but this one. */
export const textWithoutNul = z
  .string()
  .refine(text => !text.includes('\0'), 'has a NUL character');

const may_ = z
  .array(verb)
  .meta({ description: 'What this person may do, by the one authorisation table' });

export const me = z
  .strictObject({ person: z.string(), name: z.string(), role, expires: moment, may: may_ })
  .meta({ id: 'Me' });

export const lab = z
  .strictObject({
    lab: z.string(),
    name: z.string(),
    role,
    owner: z.string().nullable(),
    createdAt: moment,
    may: may_,
  })
  .meta({ id: 'Lab' });

export const joinLink = z
  .strictObject({
    link: z.string(),
    role,
    createdBy: z.string(),
    createdAt: moment,
    expiresAt: moment,
    revokedAt: moment.nullable(),
    uses: z.int(),
  })
  .meta({ id: 'JoinLink' });

export const person = z
  .strictObject({
    person: z.string(),
    name: z.string(),
    role: role.nullable().meta({ description: 'Null: was removed' }),
    guest: z.boolean().meta({ description: 'Came by a join link, without an account' }),
    joinedAt: moment,
  })
  .meta({ id: 'Person' });

export const account = z
  .strictObject({
    email: z.string().nullable().meta({ description: 'Null: no password has been set' }),
    asksCurrent: z.boolean().meta({ description: 'A new password needs the current one' }),
  })
  .meta({ id: 'Account' });

export const session = z
  .strictObject({
    session: z.string(),
    current: z.boolean().meta({ description: 'The one that asks' }),
    startedAt: moment,
    lastSeenAt: moment.meta({ description: 'Within a day' }),
    expires: moment,
    address: z.string().nullable(),
    userAgent: z.string().nullable().meta({ description: 'As the browser calls itself' }),
  })
  .meta({ id: 'Session' });

const verbs = Object.keys(AUTHORISATION) as Verb[];
const isHouse = (name: Verb): boolean => name.startsWith('house.');
const rights = (of: Role, where: (name: Verb) => boolean): Verb[] =>
  verbs.filter(name => where(name) && may(of, name));

export const meOf = ({ person: id, name, role: of, expires }: Viewer): z.input<typeof me> => ({
  person: id,
  name,
  role: of,
  expires: expires.toISOString(),
  may: rights(of, isHouse),
});

export const labOf = ({ createdAt, ...summary }: LabSummary): z.input<typeof lab> => ({
  ...summary,
  createdAt: createdAt.toISOString(),
  may: rights(summary.role, name => !isHouse(name)),
});

export const joinLinkOf = (link: JoinLink): z.input<typeof joinLink> => ({
  link: link.link,
  role: link.role,
  createdBy: link.createdBy,
  createdAt: link.createdAt.toISOString(),
  expiresAt: link.expiresAt.toISOString(),
  revokedAt: link.revokedAt?.toISOString() ?? null,
  uses: link.uses,
});

export const personOf = ({ joinedAt, ...who }: LabPerson): z.input<typeof person> => ({
  ...who,
  joinedAt: joinedAt.toISOString(),
});

export const sessionOf = (own: OwnSession, viewer: Viewer): z.input<typeof session> => ({
  ...own,
  current: own.session === viewer.session,
  startedAt: own.startedAt.toISOString(),
  lastSeenAt: own.lastSeenAt.toISOString(),
  expires: own.expires.toISOString(),
});
