import type { FromLab, LabStore, Opened, Projection } from '../../server/lab/port.ts';
import { lenientCommands } from './memory-store.ts';
import { Gate } from '../../server/lab/gate.ts';
import { LAB_START } from '../../server/protocol/time.ts';
import type { SimTime } from '../../server/protocol/time.ts';
import { Machine } from '../../server/sim/engine/machine.ts';
import { RecordStore } from '../../server/sim/engine/record-store.ts';
import type { Row } from '../../server/sim/engine/row.ts';

// Each breaks one promise on purpose. They reach into the running code from here, so that no line of
// the product knows of them; a swarm that does not notice one of them is not worth its time.

interface Sabotage {
  /** Breaks it; gives back how to mend it. */
  readonly begin?: () => () => void;
  /** Stands between the labs and their database. */
  readonly wrap?: (store: LabStore) => LabStore;
}

type Pass = (seq: number, at: number, messages: readonly FromLab[]) => void;

/** Some messages pass the gate without waiting for the commit of what they were computed from. */
function passEarly(which: (message: FromLab) => boolean): () => () => void {
  return () => {
    const honest: Pass = Gate.prototype.pass;
    Gate.prototype.pass = function pass(this: Gate, seq, at, messages) {
      const early = messages.filter(which);
      for (const message of early) this.out(message);
      honest.call(
        this,
        seq,
        at,
        messages.filter(message => !early.includes(message)),
      );
    };
    return () => {
      Gate.prototype.pass = honest;
    };
  };
}

/** A store whose calls may be changed one by one. */
function changed(store: LabStore, changes: Partial<LabStore>): LabStore {
  return new Proxy(store, {
    get: (target, name: keyof LabStore) => {
      const value = changes[name] ?? target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function changedOpening(change: (opened: Opened) => Opened): (store: LabStore) => LabStore {
  return store =>
    changed(store, {
      open: async (lab, simulation) => {
        const opened = await store.open(lab, simulation);
        return opened === null || opened === 'moved' ? opened : change(opened);
      },
    });
}

export const SABOTAGES: { readonly [name: string]: Sabotage } = {
  'acknowledge-before-commit': { begin: passEarly(message => message.t === 'answer') },
  'publish-before-commit': { begin: passEarly(message => message.t === 'frame') },
  'gate-skipped-for-pictures': { begin: passEarly(message => message.t === 'begin') },
  'promise-ignored': { wrap: changedOpening(opened => ({ ...opened, promised: LAB_START })) },
  'drain-skipped': {
    begin: () => {
      const honest = Machine.prototype.apply;
      Machine.prototype.apply = function apply(this: Machine, input) {
        this.advance = (to: SimTime) => {
          // Once: a step of the clock would advance for ever.
          Reflect.deleteProperty(this, 'advance');
          this.world.now = to;
          return true;
        };
        try {
          return honest.call(this, input);
        } finally {
          Reflect.deleteProperty(this, 'advance');
        }
      };
      return () => {
        Machine.prototype.apply = honest;
      };
    },
  },
  'command-done-twice': {
    // Forgetting the ids is not enough: the database watches over them too, so that goes as well.
    wrap: store => {
      lenientCommands(store);
      return changedOpening(forgetful)(store);
    },
  },
  'record-not-marked-dirty': {
    begin: () => {
      const honest = RecordStore.prototype.touch;
      let touched = 0;
      RecordStore.prototype.touch = function touch(this: RecordStore, row: Row) {
        touched += 1;
        if (touched % 50 !== 0) honest.call(this, row);
      };
      return () => {
        RecordStore.prototype.touch = honest;
      };
    },
  },
  'map-order': {
    begin: () => {
      const honest = RecordStore.prototype.where;
      const order = new WeakMap<Row, number>();
      let next = 0;
      const orderOf = (row: Row): number => {
        let at = order.get(row);
        if (at === undefined) {
          next += 1;
          at = next;
          order.set(row, at);
        }
        return at;
      };
      const { restore, touch } = RecordStore.prototype;
      RecordStore.prototype.restore = function restored(this: RecordStore, kind, row) {
        orderOf(row);
        restore.call(this, kind, row);
      };
      RecordStore.prototype.touch = function touched(this: RecordStore, row) {
        orderOf(row);
        touch.call(this, row);
      };
      RecordStore.prototype.where = function where(this: RecordStore, kind, column, value) {
        return honest.call(this, kind, column, value).toSorted((a, b) => orderOf(a) - orderOf(b));
      };
      return () => {
        Object.assign(RecordStore.prototype, { where: honest, restore, touch });
      };
    },
  },
  'prng-not-saved': {
    wrap: store =>
      changed(store, { project: projection => store.project(withoutDice(projection)) }),
  },
};

/** Poisoned ids stay known, or a lab would do nothing but poison itself again. */
function forgetful(opened: Opened): Opened {
  const commands = opened.inputs.filter(({ poisoned }) => poisoned).map(({ command }) => command);
  return { ...opened, commands };
}

function withoutDice(projection: Projection): Projection {
  const { dice: _, ...upserts } = projection.upserts;
  return { ...projection, upserts };
}

export interface Undo {
  readonly wrap: (store: LabStore) => LabStore;
  readonly undo: () => void;
}

export function sabotage(name: string): Undo {
  const { begin, wrap } = SABOTAGES[name] ?? {};
  const undo = begin?.() ?? (() => undefined);
  return { wrap: wrap ?? (store => store), undo };
}
