import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { installationSecret } from './secret.ts';

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'enlighten-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

test('the secret is made once, for its owner only, and stays', () => {
  const folder = join(aFolder(), 'data');

  const first = installationSecret(folder);

  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(installationSecret(folder)).toBe(first);
  expect(readdirSync(folder)).toEqual(['auth-secret']);
  expect(statSync(join(folder, 'auth-secret')).mode & 0o777).toBe(0o600);
});

test('a damaged secret is not used', () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'auth-secret'), 'half a sec');

  expect(() => installationSecret(folder)).toThrow('is damaged');
});
