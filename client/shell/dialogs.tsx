import { lazy, Suspense } from 'react';
import { usePlace } from '../state/place.tsx';

const NewVmWizard = lazy(() =>
  import('../machines/new-vm/wizard.tsx').then(module => ({ default: module.NewVmWizard })),
);
const SettingsDialog = lazy(() =>
  import('../machines/settings/settings-dialog.tsx').then(module => ({
    default: module.SettingsDialog,
  })),
);
const VmConnectWindow = lazy(() =>
  import('../machines/vmconnect/vmconnect-window.tsx').then(module => ({
    default: module.VmConnectWindow,
  })),
);
const RenameDialog = lazy(() =>
  import('../machines/rename-dialog.tsx').then(module => ({ default: module.RenameDialog })),
);

const NewDiskWizard = lazy(() =>
  import('../disks/new-disk-wizard.tsx').then(module => ({ default: module.NewDiskWizard })),
);
const EditDiskWizard = lazy(() =>
  import('../disks/edit-disk-wizard.tsx').then(module => ({ default: module.EditDiskWizard })),
);
const InspectDiskDialog = lazy(() =>
  import('../disks/inspect-dialog.tsx').then(module => ({ default: module.InspectDiskDialog })),
);

/** The dialog that the address names. Loaded when it is first needed. */
export const Dialogs = () => {
  const { dialog } = usePlace();
  return (
    <Suspense>
      {dialog === 'new-vm' && <NewVmWizard />}
      {dialog === 'settings' && <SettingsDialog />}
      {dialog === 'connect' && <VmConnectWindow />}
      {dialog === 'rename' && <RenameDialog />}
      {dialog === 'new-disk' && <NewDiskWizard />}
      {dialog === 'edit-disk' && <EditDiskWizard />}
      {dialog === 'inspect-disk' && <InspectDiskDialog />}
    </Suspense>
  );
};
