/**
 * `virtual-processor`, `sint2Vector`: as the database has it. In a file of its own, for the lab threads
 * write SQL by themselves and start half a second sooner without drizzle.
 */
export const snakeCase = (name: string): string =>
  name.replaceAll('-', '_').replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
