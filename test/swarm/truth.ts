import { stampedHash } from '../../server/sim/engine/image.ts';
import type { Fact } from '../../server/protocol/fact.ts';
import { labFile } from '../../server/protocol/lab-file.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { must } from '../../server/base/assert.ts';
import { Machine } from '../../server/sim/engine/machine.ts';
import { World } from '../../server/sim/engine/world.ts';
import { invariants } from '../../server/sim/invariants.ts';
import { found } from '../../server/sim/simulation.ts';
import type { ClientModel } from './client-model.ts';
import type { MemoryDatabase } from './memory-store.ts';
import { LAB, SWARM_SIMULATION } from './server-model.ts';

/** As `replayed`; a journal that cannot be replayed is a violation too. */
export function judge(database: MemoryDatabase, clients: readonly ClientModel[]): string[] {
  try {
    return replayed(database, clients);
  } catch (error) {
    return [
      `the journal cannot be replayed: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}

/**
 * What really happened, told by the journal alone: a machine that never met a crash, a network or a
 * clock runs all inputs from the lab's founding. Everything anyone saw must be part of it.
 */
function replayed(database: MemoryDatabase, clients: readonly ClientModel[]): string[] {
  const durable = must(database.labs.get(LAB), 'the lab is there');
  const violations = clients.flatMap(client =>
    client.violations.map(text => `${client.name}: ${text}`),
  );
  const file = labFile.parse(JSON.parse(durable.file));
  const machine = new Machine(new World(file.seed), SWARM_SIMULATION);
  machine.found(turn => found(turn, file));
  machine.world.checkpoint();
  const byCommand = new Map<string, number>();
  let seq = 0;
  for (const input of durable.inputs) {
    seq += 1;
    if (input.seq !== seq)
      violations.push(`the journal has input ${input.seq} where ${seq} belongs`);
    byCommand.set(input.command, (byCommand.get(input.command) ?? 0) + 1);
    if (input.poisoned) continue;
    const applied = machine.apply(input);
    if (applied.hash !== input.hash || applied.turn !== input.turn) {
      violations.push(
        `replay: input ${input.seq} (${input.op}) turn ${applied.turn} ${applied.hash}, journaled turn ${input.turn} ${input.hash}`,
      );
      break;
    }
  }
  violations.push(...judgeRows(machine, durable.head));
  for (const [command, times] of byCommand)
    if (times > 1) violations.push(`${command} was done ${times} times`);
  for (const client of clients) violations.push(...judgeAnswers(client, durable.inputs));
  const latest = Math.max(...clients.map(client => client.latest), machine.now);
  if (latest > durable.promised)
    violations.push(`time ${latest} was shown, ${durable.promised} was promised`);
  machine.advance(Math.max(latest, machine.now) as SimTime);
  const facts = new Map(machine.world.factsForProjection.map(fact => [fact.n, fact]));
  for (const client of clients) violations.push(...judgeFacts(client, facts));
  violations.push(...invariants(machine.world));
  return violations;
}

function judgeRows(
  machine: Machine,
  head: { readonly now: number; readonly turn: number; readonly stateHash: string } | null,
): string[] {
  if (head === null) return [];
  if (head.now > machine.now) machine.advance(head.now as SimTime);
  if (machine.turn !== head.turn)
    return [`rows end at turn ${head.turn}, replay at ${machine.turn}`];
  const hash = stampedHash(machine.world);
  return hash === head.stateHash ? [] : [`rows came to ${head.stateHash}, replay to ${hash}`];
}

function judgeAnswers(
  client: ClientModel,
  inputs: readonly { readonly command: string; readonly result: unknown }[],
): string[] {
  const results = new Map(inputs.map(input => [input.command, JSON.stringify(input.result)]));
  const violations: string[] = [];
  for (const [command, { result }] of client.answers) {
    const stored = results.get(command);
    if (stored === undefined)
      violations.push(`${client.name}: ${command} was acknowledged and is lost`);
    else if (stored !== JSON.stringify(result))
      violations.push(`${client.name}: the answer to ${command} changed`);
  }
  return violations;
}

function judgeFacts(client: ClientModel, facts: ReadonlyMap<number, Fact>): string[] {
  for (const [n, fact] of client.facts) {
    const truth = facts.get(n);
    if (truth === undefined) return [`${client.name} was shown fact ${n}, which never happened`];
    if (JSON.stringify(truth) !== JSON.stringify(fact)) {
      return [`${client.name} was shown fact ${n} as ${fact.summary}, it was ${truth.summary}`];
    }
  }
  return [];
}
