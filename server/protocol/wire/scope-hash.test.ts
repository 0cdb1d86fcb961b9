import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WireValues } from './scope-hash.ts';
import { ScopeHash, hashWireRecord } from './scope-hash.ts';

const values = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 6 }).filter(name => name !== '__proto__'),
  fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string(), fc.array(fc.string())),
);

test('the order of columns does not matter', () => {
  fc.assert(
    fc.property(values, record => {
      const reversed = Object.fromEntries(Object.entries(record).toReversed());

      expect(String(hashWireRecord('vm:1', reversed))).toBe(String(hashWireRecord('vm:1', record)));
    }),
  );
});

test('a record read back from its JSON text has the same hash', () => {
  fc.assert(
    fc.property(values, record => {
      const read: WireValues = JSON.parse(JSON.stringify(record));

      expect(String(hashWireRecord('vm:1', read))).toBe(String(hashWireRecord('vm:1', record)));
    }),
  );
});

test('values that look alike are told apart', () => {
  const alike = [{ a: 1 }, { a: '1' }, { a: null }, { a: 'null' }, { a: true }, { a: 'true' }, {}];
  const more = [{ a: [] }, { a: '[]' }, { a: '' }, { b: 1 }, { a: 1, b: 1 }, { a: 4_294_967_297 }];

  const hashes = [...alike, ...more].map(record => String(hashWireRecord('vm:1', record)));

  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the same change in two records does not cancel out', () => {
  const seen = new Set<string>();
  const vms = 300;

  for (let vm = 0; vm < vms; vm += 1) {
    const hash = new ScopeHash();
    hash.put(`vm:${vm}`, { state: 'Off' });
    hash.put(`vm:${vm}`, { state: 'Running' });
    const off = hashWireRecord(`vm:${vm}`, { state: 'Off' });
    const running = hashWireRecord(`vm:${vm}`, { state: 'Running' });
    seen.add(`${(off.high ^ running.high) >>> 0} ${(off.low ^ running.low) >>> 0}`);
  }

  expect(seen.size).toBe(vms);
});

test('a scope kept record by record has the hash of the same records put at once', () => {
  const change = fc.record({
    id: fc.constantFrom('vm:1', 'vm:2', 'host:1'),
    values: fc.option(values, { nil: null }),
  });
  fc.assert(
    fc.property(fc.array(change), changes => {
      const kept = new ScopeHash();
      const records = new Map<string, WireValues>();
      for (const { id, values: record } of changes) {
        if (record === null) {
          kept.remove(id);
          records.delete(id);
        } else {
          kept.put(id, record);
          records.set(id, record);
        }
      }

      const atOnce = new ScopeHash();
      for (const [id, record] of records) atOnce.put(id, record);

      expect(String(kept)).toBe(String(atOnce));
      expect(kept.size).toBe(records.size);
      kept.clear();
      expect(String(kept)).toBe('0'.repeat(16));
    }),
  );
});
