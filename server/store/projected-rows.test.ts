import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { aDatabase } from '../../test/fixture/postgres.ts';
import { diceOf } from '../../test/swarm/dice.ts';
import { SWARM_LAB } from '../../test/swarm/lab.ts';
import { nextCommand } from '../../test/swarm/operation.ts';
import { ClientModel } from '../../test/swarm/client-model.ts';
import { SWARM_SIMULATION } from '../../test/swarm/server-model.ts';
import type { KeyframeForm } from '../lab/keyframe-form.ts';
import { LabDirectory } from '../lab/lab-directory.ts';
import type { LabStore, Opened, Projection } from '../lab/port.ts';
import { labFile } from '../protocol/lab-file.ts';
import type { LabId } from '../protocol/id.ts';
import { type RecordKind, RECORD_KINDS } from '../protocol/record/kind.ts';
import { type Image, type StoredRow, load, stampedHash } from '../sim/engine/image.ts';
import { found } from '../sim/simulation.ts';
import type { Wall } from '../lab/wall.ts';
import { wallClock } from '../wall-clock.ts';
import { createLabStore } from './lab-store.ts';

// What Postgres gives back is, row by row, what the machine had when it was copied, however busy the
// lab, and wherever its server was killed.

const database = await aDatabase();

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

type Rows = Map<RecordKind, Map<string, StoredRow>>;

/** What all projections of a lab come to, kept beside the database. */
class Shadow {
  readonly rows: Rows = new Map(RECORD_KINDS.map(kind => [kind, new Map()]));
  readonly problems: string[] = [];
  projections = 0;

  take({ upserts, deleted, head }: Projection): void {
    for (const kind of RECORD_KINDS) {
      const rows = this.rows.get(kind) as Map<string, StoredRow>;
      for (const row of upserts[kind] ?? []) rows.set(row.id, structuredClone(row));
      for (const id of deleted[kind] ?? []) rows.delete(id);
    }
    this.projections += 1;
    const found = stampedHash(load(this.image(head)));
    if (found !== head.stateHash) {
      this.problems.push(`projection of turn ${head.turn}: ${found}, not ${head.stateHash}`);
    }
  }

  image(head: Projection['head']): Image {
    const records: { [kind: string]: StoredRow[] } = {};
    for (const [kind, rows] of this.rows) if (rows.size > 0) records[kind] = [...rows.values()];
    return { ...head, records, agenda: [], tombstones: [] };
  }

  compare({ image }: Opened): void {
    if (image === null) return;
    for (const [kind, rows] of this.rows) {
      const stored = new Map((image.records[kind] ?? []).map(row => [row.id, row]));
      for (const id of new Set([...rows.keys(), ...stored.keys()])) {
        const [mine, theirs] = [rows.get(id), stored.get(id)].map(row =>
          JSON.stringify(row ?? null),
        );
        if (mine !== theirs)
          this.problems.push(`${id} in turn ${image.turn}: ${theirs}, it was ${mine}`);
      }
    }
  }
}

/** Projects twenty times a second. */
const hasty = (wall: Wall): Wall => ({
  ...wall,
  after: (ms, run) => wall.after(Math.min(ms, 50), run),
});

test('what is loaded is what was captured, under load and over kills', async () => {
  const rounds = Number(process.env['ROUNDS'] ?? 3);
  const seed = Number(process.env['SEED'] ?? 1);
  const dice = diceOf(seed);
  const lab: LabId = `lab:rows-${seed}`;
  const file = JSON.stringify({
    ...SWARM_LAB,
    seed: `rows ${seed}`,
    limits: { virtualMachines: 40 },
  });
  await database.sql`insert into lab (id, name, file) values (${lab}, 'Rows', ${file})`;
  const shadow = new Shadow();
  const logged: string[] = [];
  let commands = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const real = await createLabStore({ url: database.url, term: round });
    closing.push(() => real.close());
    const client = new ClientModel('one');
    const current = { round };
    const store: LabStore = {
      ...real,
      open: async (id, simulation) => {
        const opened = await real.open(id, simulation);
        if (opened !== null && opened !== 'moved') shadow.compare(opened);
        return opened;
      },
      project: async projection => {
        const held = await real.project(projection);
        if (held) shadow.take(projection);
        return held;
      },
    };
    const labs = new LabDirectory({
      store,
      wall: hasty(wallClock(() => `own-${seed}-${round}-${(commands += 1)}`)),
      log: (level, message, data) => logged.push(`${level} ${message} ${JSON.stringify(data)}`),
      blueprint: {
        simulation: SWARM_SIMULATION,
        found: (turn, text) => found(turn, labFile.parse(JSON.parse(text))),
        seedOf: text => labFile.parse(JSON.parse(text)).seed,
      },
      pack: form => Promise.resolve(new TextEncoder().encode(JSON.stringify(form))),
      unpack: bytes => Promise.resolve(JSON.parse(new TextDecoder().decode(bytes)) as KeyframeForm),
    });
    labs.receive(message => {
      if (current.round === round) client.receive(message);
    });
    client.reconnect(round);
    const seen = client.see('lab');
    seen.watcher = round;
    labs.post({ t: 'open', lab });
    labs.post({
      t: 'watch',
      lab,
      connection: round,
      watcher: round,
      scope: 'lab',
      audience: 'everyone',
      from: null,
      gauges: true,
      trace: true,
    });
    for (let i = 0; i < 300; i += 1) {
      const command = nextCommand(client, dice);
      if (
        command !== null &&
        !(command.op === 'swarm.throw' && dice() % 12 > 0) &&
        command.op !== 'clock.pause'
      ) {
        commands += 1;
        labs.post({
          t: 'submit',
          lab,
          connection: round,
          person: 'person:one',
          command: `c-${seed}-${commands}-000`,
          op: command.op,
          args: command.args as never,
        });
      }
      await sleep(dice() % 20);
    }
    current.round = 0;
    // The next server takes the lab from this one: while it ends, or after it ended.
    const closed = labs.close();
    if (round % 2 === 0) await closed;
  }
  expect(shadow.problems).toEqual([]);
  expect(logged.filter(line => line.includes('rows were changed'))).toEqual([]);
  // Nothing was compared otherwise.
  expect(shadow.projections).toBeGreaterThan(rounds * 10);
}, 120_000);
