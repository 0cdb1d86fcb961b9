import type { z } from 'zod';
import { answer } from './down/answer.ts';
import { beat } from './down/beat.ts';
import { consoleAnswer, consoleNow, consoleText, consoles } from './down/consoles.ts';
import { gauges } from './down/gauges.ts';
import { goaway } from './down/goaway.ts';
import { lag } from './down/lag.ts';
import { packet } from './down/packet.ts';
import { people } from './down/people.ts';
import { picture } from './down/picture.ts';
import { pong } from './down/pong.ts';
import { problem } from './down/problem.ts';
import { ready } from './down/ready.ts';
import { stopped } from './down/stopped.ts';
import { trace } from './down/trace.ts';
import { welcome } from './down/welcome.ts';

export type { WireRecord } from './down/record.ts';

/**
 * Every message from the server. The schemas are for the document, the tests and the format's hash:
 * nobody parses what the server itself wrote.
 */
export const DOWN = {
  welcome,
  ready,
  stopped,
  picture,
  packet,
  beat,
  gauges,
  trace,
  answer,
  people,
  consoles,
  'console-text': consoleText,
  'console-now': consoleNow,
  'console-answer': consoleAnswer,
  lag,
  error: problem,
  goaway,
  pong,
} as const;

export type Welcome = z.output<typeof welcome>;
export type Ready = z.output<typeof ready>;
export type LabStopped = z.output<typeof stopped>;
export type Picture = z.output<typeof picture>;
export type Packet = z.output<typeof packet>;
export type Beat = z.output<typeof beat>;
export type Gauges = z.output<typeof gauges>;
export type TraceSample = z.output<typeof trace>;
export type Answer = z.output<typeof answer>;
export type People = z.output<typeof people>;
export type Consoles = z.output<typeof consoles>;
export type ConsoleText = z.output<typeof consoleText>;
export type ConsoleNow = z.output<typeof consoleNow>;
export type ConsoleAnswer = z.output<typeof consoleAnswer>;
export type Lag = z.output<typeof lag>;
export type Problem = z.output<typeof problem>;
export type Goaway = z.output<typeof goaway>;
export type Pong = z.output<typeof pong>;

export type Down =
  | Welcome
  | Ready
  | LabStopped
  | Picture
  | Packet
  | Beat
  | Gauges
  | TraceSample
  | Answer
  | People
  | Consoles
  | ConsoleText
  | ConsoleNow
  | ConsoleAnswer
  | Lag
  | Problem
  | Goaway
  | Pong;
