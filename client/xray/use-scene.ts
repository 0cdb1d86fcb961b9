import { useMemo } from 'react';
import { useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { type Scene, sceneOf, type SceneRecords } from './scene.ts';

/** The scene of a host, made anew when a record that is in it changes. */
export const useScene = (host: Seen<'host'>, vm: Seen<'vm'> | null): Scene => {
  const records = useSceneRecords();
  return useMemo(() => sceneOf(host, vm, records), [host, vm, records]);
};

const useSceneRecords = (): SceneRecords => {
  const vms = useRecords('vm');
  const services = useRecords('service');
  const workers = useRecords('worker-process');
  const partitions = useRecords('partition');
  const guests = useRecords('guest');
  const processors = useRecords('virtual-processor');
  const channels = useRecords('vmbus-channel');
  const connections = useRecords('vmbus-connection');
  const images = useRecords('library-image');
  const nics = useRecords('physical-nic');
  const volumes = useRecords('volume');
  const logicalProcessors = useRecords('logical-processor');
  return useMemo(
    () => ({
      vms,
      services,
      workers,
      partitions,
      guests,
      processors,
      channels,
      connections,
      images,
      nics,
      volumes,
      logicalProcessors,
    }),
    [
      vms,
      services,
      workers,
      partitions,
      guests,
      processors,
      channels,
      connections,
      images,
      nics,
      volumes,
      logicalProcessors,
    ],
  );
};
