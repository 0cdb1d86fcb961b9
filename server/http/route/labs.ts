import { z } from 'zod';
import { must } from '../../base/assert.ts';
import { fail, ok } from '../../base/result.ts';
import { overQuota } from '../../course/quota.ts';
import { readName } from './name.ts';
import { houseRoute, labRoute } from './route.ts';
import { lab, labOf, textWithoutNul } from './shape.ts';

const MIB = 1024 * 1024;
const file = textWithoutNul.meta({ description: 'The lab file, YAML' });

export const listLabs = houseRoute(
  {
    method: 'get',
    path: '/api/labs',
    verb: 'house.self',
    about: 'The labs in which this person has a role.',
    answer: z.strictObject({ labs: z.array(lab) }),
  },
  async ({ deps, viewer }) =>
    ok({ body: { labs: (await deps.labs.labsOf(viewer.person)).map(labOf) } }),
);

export const createLab = houseRoute(
  {
    method: 'post',
    path: '/api/labs',
    verb: 'house.create-lab',
    about: 'Makes a lab from a lab file. Who makes it owns it and is its instructor.',
    body: z.strictObject({ name: z.string().max(400), file }),
    maxBytes: MIB,
    status: 201,
    answer: lab,
    faults: ['name', 'lab-file', 'quota'],
  },
  async ({ deps, body, viewer }) => {
    const name = readName(body.name);
    if (!name.ok) return name;
    const checked = deps.checkLabFile(body.file);
    if (!checked.ok) return fail({ kind: 'lab-file', faults: checked.fault });
    const tooMany = overQuota(deps.quotas, 'vmsPerLab', checked.value.vms);
    if (tooMany !== null) return tooMany;

    const made = { name: name.value, file: body.file, owner: viewer.person };
    const created = await deps.labs.create(made);
    if (!created.ok) return created;
    const summary = await deps.labs.labFor(created.value, viewer.person);
    return ok({ body: labOf(must(summary, 'who made a lab is in it')) });
  },
);

export const listSamples = houseRoute(
  {
    method: 'get',
    path: '/api/samples',
    verb: 'house.create-lab',
    about: 'Lab files to begin with.',
    answer: z.strictObject({
      samples: z.array(z.strictObject({ name: z.string(), about: z.string(), file })),
    }),
  },
  async ({ deps }) => ok({ body: { samples: [...deps.samples] } }),
);

export const readLab = labRoute(
  {
    method: 'get',
    path: '/api/labs/:lab',
    verb: 'lab.watch',
    about: 'One lab, with what this person may do in it.',
    answer: lab,
  },
  async ({ lab: summary }) => ok({ body: labOf(summary) }),
);

export const readLabFile = labRoute(
  {
    method: 'get',
    path: '/api/labs/:lab/file',
    verb: 'lab.manage',
    about: 'The lab file it was made from.',
    answer: z.strictObject({ file }),
  },
  async ({ deps, lab: summary }) => {
    const text = await deps.labs.fileOf(summary.lab);
    return text === null ? fail({ kind: 'not-found' }) : ok({ body: { file: text } });
  },
);

export const archiveLab = labRoute(
  {
    method: 'post',
    path: '/api/labs/:lab/archive',
    verb: 'lab.manage',
    about: 'Closes a lab for everyone. Its rows stay in the database.',
  },
  async ({ deps, lab: summary, viewer }) => {
    const archived = await deps.labs.archive(summary.lab, viewer.person);
    return archived ? ok({ body: null }) : fail({ kind: 'not-found' });
  },
);
