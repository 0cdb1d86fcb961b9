import { AddSquareRegular } from '@fluentui/react-icons/svg/add-square';
import { CameraRegular } from '@fluentui/react-icons/svg/camera';
import { Cd16Regular } from '@fluentui/react-icons/svg/cd';
import { DeveloperBoardRegular } from '@fluentui/react-icons/svg/developer-board';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { GaugeRegular } from '@fluentui/react-icons/svg/gauge';
import { HardDriveRegular } from '@fluentui/react-icons/svg/hard-drive';
import { NetworkAdapter16Regular } from '@fluentui/react-icons/svg/network-adapter';
import { PlayCircleRegular } from '@fluentui/react-icons/svg/play-circle';
import { PowerRegular } from '@fluentui/react-icons/svg/power';
import { PuzzlePieceRegular } from '@fluentui/react-icons/svg/puzzle-piece';
import { RamRegular } from '@fluentui/react-icons/svg/ram';
import { RenameRegular } from '@fluentui/react-icons/svg/rename';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { SerialPortRegular } from '@fluentui/react-icons/svg/serial-port';
import { StorageRegular } from '@fluentui/react-icons/svg/storage';
import type { ReactElement } from 'react';
import type { PageId } from './nodes.ts';

/** The title says what a node is; the picture finds it again. */
export const ICONS: Readonly<Record<PageId, ReactElement>> = {
  add: <AddSquareRegular />,
  bios: <DeveloperBoardRegular />,
  memory: <RamRegular />,
  processor: <GaugeRegular />,
  compatibility: <GaugeRegular />,
  numa: <GaugeRegular />,
  ide: <StorageRegular />,
  scsi: <StorageRegular />,
  disk: <HardDriveRegular />,
  dvd: <Cd16Regular />,
  network: <NetworkAdapter16Regular />,
  acceleration: <NetworkAdapter16Regular />,
  features: <NetworkAdapter16Regular />,
  com: <SerialPortRegular />,
  diskette: <SaveRegular />,
  name: <RenameRegular />,
  services: <PuzzlePieceRegular />,
  snapshots: <CameraRegular />,
  paging: <DocumentRegular />,
  start: <PlayCircleRegular />,
  stop: <PowerRegular />,
};
