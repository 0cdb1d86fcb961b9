import { z } from 'zod';

export const hello = z
  .strictObject({
    t: z.literal('hello'),
    lab: z
      .string()
      .regex(/^lab:.{1,76}$/u)
      .describe('the lab to enter'),
    client: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,40}$/u)
      .describe('this instance of the client, new per page load'),
  })
  .describe(
    'The first message on a socket, and only the first: which lab. Who it is, the session says.',
  );
