import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { LabId, PersonId } from '../server/protocol/id.ts';
import { lab } from './course.ts';

// What a lab is besides its records: its clock and owner, its branches, its journal, what happened.
// A branch, not a lab, is part of every key: two teams that began with one seed have equal ids.

const whole = (name: string) => bigint(name, { mode: 'number' });

/** Lab time: 100 ns ticks since the lab began. */
const ticks = whole;

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A history. A child goes on from a turn of its parent; nothing is copied. */
export const branch = pgTable(
  'branch',
  {
    id: whole('id').primaryKey().generatedAlwaysAsIdentity(),
    lab: text('lab')
      .$type<LabId>()
      .notNull()
      .references(() => lab.id),
    parent: whole('parent').references((): AnyPgColumn => branch.id),
    parentTurn: whole('parent_turn'),
    /** When that was, as far as it is later than what happened in that turn. */
    parentAt: ticks('parent_at'),
    /** The last input of the parent that belongs to this history too. */
    parentSeq: whole('parent_seq'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  table => [
    index('branch_lab').on(table.lab),
    check(
      'branch_parent',
      sql`num_nulls(${table.parent}, ${table.parentTurn}, ${table.parentSeq}) in (0, 3)`,
    ),
  ],
);

/**
 * A stretch of a branch that one version of the simulation moved, from its last earlier input on. What
 * others moved is not gone through again: here begins a state of its own, which no replay gives.
 */
export const segment = pgTable(
  'segment',
  {
    branch: whole('branch')
      .notNull()
      .references(() => branch.id),
    turn: whole('turn').notNull(),
    at: ticks('at').notNull(),
    seq: whole('seq').notNull(),
    simulation: integer('simulation').notNull(),
    /** The newest branch as it began: branches older than it went on from what was here before. */
    newestBranch: whole('newest_branch').notNull(),
    /** The state it begins with, as a keyframe has it; null is the first state of the lab file. */
    bytes: bytea('bytes'),
  },
  table => [primaryKey({ columns: [table.branch, table.turn] })],
);

/**
 * One row a lab, made when it is first opened: who may write it and what is promised, and the head of
 * the image that its record rows are. Without a head there are no rows: the lab was never founded, or
 * is on a branch that nobody has run yet.
 */
export const labClock = pgTable(
  'lab_clock',
  {
    lab: text('lab')
      .$type<LabId>()
      .primaryKey()
      .references(() => lab.id),
    branch: whole('branch')
      .notNull()
      .references(() => branch.id),
    /** Rises when history is really replaced. */
    lineage: whole('lineage').notNull(),
    /** Rises with every owner: the fence for what an earlier owner may still try. */
    lease: whole('lease').notNull(),
    owner: text('owner').notNull(),
    /** The term of the server that opened it last: a server that was replaced never takes it back. */
    term: whole('term').notNull(),
    /** Nobody has been shown anything later than this. */
    promised: ticks('promised').notNull(),
    /** The version of the simulation that moves it; another one begins a segment first. */
    simulation: integer('simulation').notNull(),
    /** The last input of the journal. */
    journaledSeq: whole('journaled_seq').notNull(),
    projectedTurn: whole('projected_turn'),
    /** The last input that the rows include. */
    projectedSeq: whole('projected_seq'),
    now: ticks('now'),
    lastFact: whole('last_fact'),
    agendaSeq: whole('agenda_seq'),
    rolling: text('rolling'),
    stateHash: text('state_hash'),
    tombstoneFloor: whole('tombstone_floor'),
    seed: text('seed'),
  },
  table => [
    check(
      'lab_clock_head',
      sql`num_nulls(${table.projectedTurn}, ${table.projectedSeq}, ${table.now}, ${table.lastFact},
        ${table.agendaSeq}, ${table.rolling}, ${table.stateHash}, ${table.tombstoneFloor},
        ${table.seed}) in (0, 9)`,
    ),
  ],
);

/** The journal: written before anything computed from it is shown, kept for the life of the lab. */
export const input = pgTable(
  'input',
  {
    // No reference to branch: only the fenced append writes here, and it takes the branch from lab_clock.
    branch: whole('branch').notNull(),
    seq: whole('seq').notNull(),
    at: ticks('at').notNull(),
    turn: whole('turn').notNull(),
    command: text('command').notNull(),
    person: text('person').$type<PersonId>(),
    op: text('op').notNull(),
    args: json('args').notNull(),
    result: json('result').notNull(),
    /** Of facts and state after it: a replay that differs names the first input that does. */
    hash: text('hash').notNull(),
    poisoned: boolean('poisoned').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  },
  table => [
    primaryKey({ columns: [table.branch, table.seq] }),
    unique('input_command').on(table.branch, table.command),
  ],
);

/** What happened: appended, never edited, kept for the life of the lab. */
export const fact = pgTable(
  'fact',
  {
    branch: whole('branch').notNull(),
    n: whole('n').notNull(),
    turn: whole('turn').notNull(),
    at: ticks('at').notNull(),
    kind: text('kind').notNull(),
    from: text('from').notNull(),
    to: text('to'),
    host: text('host'),
    vm: text('vm'),
    cause: whole('cause'),
    audience: text('audience').notNull(),
    summary: text('summary').notNull(),
    data: json('data').notNull(),
  },
  table => [
    primaryKey({ columns: [table.branch, table.n] }),
    index('fact_turn').on(table.branch, table.turn),
    index('fact_host')
      .on(table.branch, table.host, table.turn)
      .where(sql`${table.host} is not null`),
    index('fact_vm')
      .on(table.branch, table.vm, table.turn)
      .where(sql`${table.vm} is not null`),
  ],
);

/** What is still to happen, ordered by (due, seq). */
export const agenda = pgTable(
  'agenda',
  {
    branch: whole('branch').notNull(),
    seq: whole('seq').notNull(),
    due: ticks('due').notNull(),
    to: text('to').notNull(),
    message: json('message').notNull(),
    /** The number of the fact it follows from; 0 for none. */
    cause: whole('cause').notNull(),
  },
  table => [primaryKey({ columns: [table.branch, table.seq] })],
);

/** A record that is no more, or no more on that host or VM: for clients that were away. */
export const tombstone = pgTable(
  'tombstone',
  {
    branch: whole('branch').notNull(),
    turn: whole('turn').notNull(),
    id: text('id').notNull(),
    host: text('host'),
    vm: text('vm'),
  },
  table => [
    unique('tombstone_key')
      .on(table.branch, table.turn, table.id, table.host, table.vm)
      .nullsNotDistinct(),
  ],
);

/** The rolling hash every ten lab seconds. */
export const mark = pgTable(
  'mark',
  {
    branch: whole('branch').notNull(),
    at: ticks('at').notNull(),
    turn: whole('turn').notNull(),
    hash: text('hash').notNull(),
  },
  table => [primaryKey({ columns: [table.branch, table.at] })],
);

/** A state, compressed: a cache, made again by replay. */
export const keyframe = pgTable(
  'keyframe',
  {
    branch: whole('branch')
      .notNull()
      .references(() => branch.id),
    turn: whole('turn').notNull(),
    /** The version of the simulation that made it and can go on from it. */
    simulation: integer('simulation').notNull(),
    at: ticks('at').notNull(),
    seq: whole('seq').notNull(),
    hash: text('hash').notNull(),
    /** The turn of the whole state, of the same branch, that this one is the changes to; null is whole. */
    base: whole('base'),
    bytes: bytea('bytes').notNull(),
  },
  table => [primaryKey({ columns: [table.branch, table.turn, table.simulation] })],
);

/** Sampled data packets, signals and intercepts, partitioned by day: a replay shows them again. */
export const trace = pgTable('trace', {
  branch: whole('branch').notNull(),
  /** The wall's, in UTC. */
  day: date('day')
    .notNull()
    .default(sql`(now() at time zone 'utc')::date`),
  turn: whole('turn').notNull(),
  at: ticks('at').notNull(),
  channel: text('channel').notNull(),
  vm: text('vm').notNull(),
  summary: text('summary').notNull(),
  packet: whole('packet').notNull(),
  rate: whole('rate').notNull(),
  /** Hexadecimal. */
  bytes: text('bytes').notNull(),
});

/** A PowerShell console that the people of a lab share. */
export const console = pgTable(
  'console',
  {
    lab: text('lab')
      .$type<LabId>()
      .notNull()
      .references(() => lab.id),
    id: text('id').notNull(),
    /** Record id of the host it runs on. */
    host: text('host').notNull(),
    title: text('title').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp('closed_at', { withTimezone: true }),
  },
  table => [primaryKey({ columns: [table.lab, table.id] })],
);

/** What a console printed, in pieces; its end is kept. */
export const consoleText = pgTable(
  'console_text',
  {
    lab: text('lab').$type<LabId>().notNull(),
    console: text('console').notNull(),
    /** Characters printed before it. */
    start: whole('start').notNull(),
    text: text('text').notNull(),
    printedAt: timestamp('printed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.lab, table.console, table.start] })],
);

/** What people entered in a console. */
export const consoleLine = pgTable(
  'console_line',
  {
    lab: text('lab').$type<LabId>().notNull(),
    console: text('console').notNull(),
    n: whole('n').notNull(),
    person: text('person').$type<PersonId>().notNull(),
    line: text('line').notNull(),
    enteredAt: timestamp('entered_at', { withTimezone: true }).notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.lab, table.console, table.n] })],
);
