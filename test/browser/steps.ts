import type { Locator, Page } from 'playwright-core';

// Steps that several tests of the page take, as a person does.

/** The row of an object in the tree on the left, by the beginning of its name. */
export const inTree = (page: Page, name: string): Locator =>
  page.getByRole('treeitem', { name: new RegExp(`^${name}`, 'u') });

/** By the wizard, on HV01, from the first prepared image. */
export async function createMachine(page: Page, name: string): Promise<void> {
  await inTree(page, 'HV01').first().click();
  await page.getByRole('button', { name: 'New Virtual Machine…' }).click();
  const wizard = page.getByLabel('New Virtual Machine Wizard');
  const next = wizard.getByRole('button', { name: /^Next/u });
  await next.click();
  await wizard.getByRole('textbox', { name: /^Name/u }).fill(name);
  for (let i = 0; i < 3; i += 1) await next.click();
  await wizard.getByRole('radio', { name: /prepared image/u }).check();
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await wizard.waitFor({ state: 'detached' });
}
