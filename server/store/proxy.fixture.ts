import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Between a store and its Postgres, to lose what a test wants lost. */
export interface Proxy {
  readonly url: string;
  /** From now on the first bytes of an answer cut the connection, and nobody hears them. */
  loseNextAnswer(): void;
  /** From now on only this many bytes get through to Postgres, and the connection stays. */
  stallAfter(bytes: number): void;
  /** Nobody gets in, and who is in is thrown out. */
  shut(): Promise<void>;
  reopen(): Promise<void>;
}

export const aProxy = async (databaseUrl: string): Promise<Proxy> => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let losing = false;
  let allowance = Infinity;

  const server = createServer(client => {
    const upstream = connect(Number(target.port), target.hostname);
    const cut = (): void => {
      for (const socket of [client, upstream]) socket.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        cut();
      });
      socket.on('error', cut);
    }
    client.on('data', bytes => {
      const part = bytes.subarray(0, Math.min(bytes.length, allowance));
      allowance -= part.length;
      if (part.length > 0) upstream.write(part);
    });
    upstream.on('data', bytes => {
      if (!losing) return client.write(bytes);
      losing = false;
      return cut();
    });
  });

  const listen = (port: number): Promise<number> =>
    new Promise(resolve => {
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    loseNextAnswer: () => (losing = true),
    stallAfter: bytes => (allowance = bytes),
    shut: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    reopen: async () => {
      await listen(port);
    },
  };
};
