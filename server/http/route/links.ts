import { toString as qrOf } from 'qrcode';
import { z } from 'zod';
import { must } from '../../base/assert.ts';
import { fail, ok } from '../../base/result.ts';
import { joinAddress } from '../../course/address.ts';
import { isLoopbackHost, ownUrl } from '../../course/edge.ts';
import type { Incoming } from '../../course/port.ts';
import type { HttpDeps } from '../deps.ts';
import { labRoute } from './route.ts';
import { joinLink, joinLinkOf, role } from './shape.ts';

const HOUR = 60 * 60 * 1000;

export const createLink = labRoute(
  {
    method: 'post',
    path: '/api/labs/:lab/links',
    verb: 'link.create',
    about: 'Makes a join link. Only this answer has its address; the server keeps a hash.',
    body: z.strictObject({
      role: role.default('learner'),
      expiresInHours: z
        .int()
        .min(1)
        .max(24 * 90)
        .default(12),
    }),
    status: 201,
    answer: joinLink.extend({
      url: z.string(),
      qr: z.string().meta({ description: 'The address as an SVG picture' }),
    }),
    faults: ['quota'],
  },
  async ({ deps, body, incoming, lab, viewer }) => {
    const expiresAt = new Date(Date.now() + body.expiresInHours * HOUR);
    const made = await deps.joinLinks.create({
      lab: lab.lab,
      role: body.role,
      by: viewer.person,
      expiresAt,
    });
    if (!made.ok) return made;
    const url = joinAddress(classUrl(deps, incoming), made.value.token);
    const qr = await qrOf(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
    return ok({ body: { ...joinLinkOf(made.value), url, qr } });
  },
);

export const listLinks = labRoute(
  {
    method: 'get',
    path: '/api/labs/:lab/links',
    verb: 'link.list',
    about: 'The join links of a lab, newest first, without their addresses.',
    answer: z.strictObject({ links: z.array(joinLink) }),
  },
  async ({ deps, lab }) =>
    ok({ body: { links: (await deps.joinLinks.list(lab.lab)).map(joinLinkOf) } }),
);

export const revokeLink = labRoute(
  {
    method: 'delete',
    path: '/api/labs/:lab/links/:link',
    verb: 'link.revoke',
    about: 'Closes a join link. Who came in by it stays.',
  },
  async ({ deps, lab, params, viewer }) => {
    const link = must(params['link'], 'the path has it');
    const revoked = await deps.joinLinks.revoke(lab.lab, link, viewer.person);
    return revoked ? ok({ body: null }) : fail({ kind: 'not-found' });
  },
);

/** An instructor at the server itself sees localhost, which leads a class nowhere. */
const classUrl = ({ edge, lanUrl }: HttpDeps, incoming: Incoming): string => {
  const own = ownUrl(incoming, edge) ?? '';
  const isLoopback = own === '' || isLoopbackHost(new URL(own).host);
  return isLoopback && edge.publicUrl === null && lanUrl !== null ? lanUrl : own;
};
