import type { Node, PageId } from './nodes.ts';
import {
  AddPage,
  BiosPage,
  CompatibilityPage,
  MemoryPage,
  NumaPage,
  ProcessorPage,
} from './pages/board-pages.tsx';
import { ComPage, DiskettePage, DvdPage, IdePage, ScsiPage } from './pages/drive-pages.tsx';
import { HardDiskPage } from './pages/hard-disk-page.tsx';
import {
  NamePage,
  PagingPage,
  ServicesPage,
  SnapshotsPage,
  StartPage,
  StopPage,
} from './pages/management-pages.tsx';
import { AccelerationPage, FeaturesPage, NetworkPage } from './pages/network-pages.tsx';
import type { Editor, Page } from './pages/parts.tsx';

const PAGES: Readonly<Record<PageId, Page>> = {
  add: AddPage,
  bios: BiosPage,
  memory: MemoryPage,
  processor: ProcessorPage,
  compatibility: CompatibilityPage,
  numa: NumaPage,
  ide: IdePage,
  scsi: ScsiPage,
  disk: HardDiskPage,
  dvd: DvdPage,
  network: NetworkPage,
  acceleration: AccelerationPage,
  features: FeaturesPage,
  com: ComPage,
  diskette: DiskettePage,
  name: NamePage,
  services: ServicesPage,
  snapshots: SnapshotsPage,
  paging: PagingPage,
  start: StartPage,
  stop: StopPage,
};

/** The page of one node; what it keeps to itself begins anew on another one. */
export const SettingsPage = (props: Editor & { readonly node: Node }) => {
  const Body = PAGES[props.node.page];
  return <Body key={props.node.id} {...props} />;
};
