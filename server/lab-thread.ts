import { randomUUID } from 'node:crypto';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { promisify } from 'node:util';
import { gunzip, gzip, type ZlibOptions } from 'node:zlib';
import pino from 'pino';
import { must } from './base/assert.ts';
import type { Log } from './lab/surroundings.ts';
import type { KeyframeForm } from './lab/keyframe-form.ts';
import { LabDirectory } from './lab/lab-directory.ts';
import type { FromLab, ToLab } from './lab/port.ts';
import { parseLabFile } from './lab/lab-file.ts';
import type { LabFile } from './protocol/lab-file.ts';
import { Consoles } from './powershell/console/consoles.ts';
import { Lane } from './powershell/console/lane.ts';
import type { OpenShell } from './powershell/console/shell.ts';
import { SIMULATION, found } from './sim/simulation.ts';
import { createLabStore } from './store/lab-store.ts';
import { wallClock } from './wall-clock.ts';

// The composition root of a lab thread: a small server of its own, with its own connections.

// Compressed beside the thread, not in it.
const zip = promisify<string, ZlibOptions, Uint8Array>(gzip);
const unzip = promisify<Uint8Array, Buffer>(gunzip);

export interface LabThreadData {
  readonly url: string;
  /** Of this server's lease of the whole database. */
  readonly term: number;
  readonly logLevel: string;
}

export interface RunningLabs {
  readonly labs: LabDirectory;
  /** Everything committed and projected, connections ended. */
  close(): Promise<void>;
}

/** PowerShell is large, and after a crash nobody waits for it. */
const loadShell = async (): Promise<OpenShell> =>
  (await import('./powershell/console/open-shell.ts')).openShell;

/** The labs of this thread, over a database. Also runs in the main thread when LAB_THREADS is 0. */
export async function createLabs({ url, term, logLevel }: LabThreadData): Promise<RunningLabs> {
  const logger = pino({ level: logLevel, base: { part: 'labs' } }, pino.destination(2));
  const log: Log = (level, message, data) => logger[level](data, message);
  const store = await createLabStore({
    url,
    term,
    log: (message, detail) => log('warn', message, detail),
  });
  const wall = wallClock(randomUUID);
  const lane: Lane = new Lane(wall, () => labs.commandsWait);
  const labs: LabDirectory = new LabDirectory({
    store,
    wall,
    log,
    blueprint: {
      simulation: SIMULATION,
      found: (turn, file) => found(turn, labFile(file)),
      seedOf: file => labFile(file).seed,
    },
    companion: (lab, { log: say, out }) =>
      new Consoles(lab, { store: store.consoles, loadShell, wall, lane, log: say, out }),
    pack: form => zip(JSON.stringify(form), { level: 1 }),
    unpack: async bytes => JSON.parse((await unzip(bytes)).toString()) as KeyframeForm,
  });
  return {
    labs,
    async close() {
      await labs.close();
      await store.close();
    },
  };
}

/** The file of a lab that was accepted once, so it is right. */
function labFile(text: string): LabFile {
  const parsed = parseLabFile(text);
  return must(parsed.ok ? parsed.value : null, 'only a checked lab file is stored');
}

if (parentPort !== null) {
  const port = parentPort;
  // Its first message says which database; everything after it is for the labs.
  port.once('message', (data: LabThreadData) => void serve(port, data));
}

async function serve(port: MessagePort, data: LabThreadData): Promise<void> {
  // Asked while it still opens its connections, it answers when it has them.
  const early: ToLab[] = [];
  let post = (message: ToLab): void => void early.push(message);
  port.on('message', (messages: readonly ToLab[]) => {
    for (const message of messages) post(message);
  });
  const running = await createLabs(data);
  const { labs } = running;
  labs.receive(batched(port));
  post = message => {
    if (message.t === 'close') void running.close().then(() => port.close());
    else labs.post(message);
  };
  for (const message of early) post(message);
  setInterval(() => port.postMessage([{ t: 'metrics', values: labs.metrics() }]), 1_000).unref();
}

/** One crossing for everything of a tick: the port costs more than the messages. */
function batched(port: MessagePort): (message: FromLab) => void {
  let batch: FromLab[] = [];
  return message => {
    batch.push(message);
    if (batch.length > 1) return;
    setImmediate(() => {
      const sent = batch;
      batch = [];
      port.postMessage(sent, sent.flatMap(buffersOf));
    });
  };
}

function buffersOf(message: FromLab): ArrayBuffer[] {
  if (message.t === 'frame' || message.t === 'answer') return [message.bytes.buffer as ArrayBuffer];
  if (message.t === 'begin') return message.frames.map(frame => frame.buffer as ArrayBuffer);
  return [];
}
