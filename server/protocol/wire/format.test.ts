import { expect, test } from 'vitest';
import { hashOf, messageFormat, schemaOf, vocabulary } from './format.ts';
import { UP } from './up.ts';
import { WIRE_HASHES, WIRE_VERSION } from './version.ts';

test('the messages are those of the version that the subprotocol names', () => {
  // When this fails, a message changed. A running page cannot know: raise WIRE_VERSION and give it
  // a row with this hash. Only a version that nobody runs yet may have its row edited.
  expect({ [WIRE_VERSION]: hashOf(messageFormat()) }).toEqual({
    [WIRE_VERSION]: WIRE_HASHES[WIRE_VERSION],
  });
});

test('a description is no part of the format, a field is', () => {
  const format = { up: schemaOf(UP.ping, 'input') };
  const described = { up: schemaOf(UP.ping.describe('another sentence'), 'input') };
  const widened = { up: schemaOf(UP.ping.extend({ at: UP.ping.shape.n }), 'input') };

  expect(hashOf(described)).toBe(hashOf(format));
  expect(hashOf(widened)).not.toBe(hashOf(format));
});

test('every kind of every id and every column is in the vocabulary', () => {
  const text = JSON.stringify(vocabulary());

  expect(text).toContain('"vm.create"');
  expect(text).toContain('^library-image:');
  expect(text).toContain('"integrationServicesVersion"');
  expect(text).not.toContain('"nextPartitionId"');
});
