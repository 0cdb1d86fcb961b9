import { Field, Select } from '@fluentui/react-components';
import type { Key } from '../draft.ts';
import css from '../settings.module.css';
import {
  Box,
  Frozen,
  GreyCheck,
  GreyField,
  GreyRadios,
  Lacks,
  type Page,
  useFrozen,
} from './parts.tsx';

export const NetworkPage: Page = ({ subject, value, onEdit, node }) => {
  const why = useFrozen(subject, 'network');
  const key: Key = `switch:${node.of ?? ''}`;
  return (
    <>
      <Frozen why={why} />
      <p>Specify the configuration of the network adapter or remove the network adapter.</p>
      <Field label="Virtual switch">
        <Select
          disabled={why !== null}
          value={value(key)}
          onChange={(_, data) => onEdit(key, data.value)}
        >
          <option value="">Not connected</option>
          {subject.switches.map(({ id, name, type }) => (
            <option key={id} value={id}>
              {name} ({type})
            </option>
          ))}
        </Select>
      </Field>
      <Box title="VLAN ID">
        <Lacks>Virtual LANs are not simulated yet.</Lacks>
        <GreyCheck label="Enable virtual LAN identification" />
        <p>
          The VLAN identifier specifies the virtual LAN that this virtual machine will use for all
          network communications through this network adapter.
        </p>
      </Box>
      <Box title="Bandwidth Management">
        <Lacks>Bandwidth management is not simulated yet.</Lacks>
        <GreyCheck label="Enable bandwidth management" />
        <div className={css['pair']}>
          <GreyField label="Minimum bandwidth, in Mbps" value="" />
          <GreyField label="Maximum bandwidth, in Mbps" value="" />
        </div>
      </Box>
    </>
  );
};

export const AccelerationPage: Page = () => (
  <>
    <p>Specify networking tasks that can be offloaded to a physical network adapter.</p>
    <Box title="Virtual machine queue">
      <GreyCheck label="Enable virtual machine queue" />
    </Box>
    <Box title="IPsec task offloading">
      <GreyCheck label="Enable IPsec task offloading" />
    </Box>
    <Box title="Single-root I/O virtualization">
      <GreyCheck label="Enable SR-IOV" />
    </Box>
    <Lacks>
      The physical network adapters of a lab take no work over: every packet goes through the
      virtual switch, where it can be watched.
    </Lacks>
  </>
);

const CHOICES = ['Dynamic', 'Static'] as const;

export const FeaturesPage: Page = ({ subject, node }) => {
  const adapter = subject.adapters.find(({ id }) => id === node.of);
  const isDynamic = adapter?.dynamicMac !== false;
  const mac = adapter?.mac ?? '';
  return (
    <>
      <Box title="MAC address">
        <GreyRadios
          label="MAC address"
          choices={CHOICES}
          chosen={isDynamic ? 'Dynamic' : 'Static'}
        />
        <GreyField label="Address" value={mac} />
        {/^[0-]*$/u.test(mac) && <p>The host chooses one when the virtual machine first starts.</p>}
        <GreyCheck label="Enable MAC address spoofing" />
      </Box>
      <Box title="Guards">
        <GreyCheck label="Enable DHCP guard" />
        <GreyCheck label="Enable router advertisement guard" />
      </Box>
      <Box title="Port mirroring">
        <GreyField label="Mirroring mode" value="None" />
      </Box>
      <Box title="NIC Teaming">
        <GreyCheck label="Enable this network adapter to be part of a team in the guest operating system" />
      </Box>
      <Lacks>
        The address is shown as it is; changing it, the guards, mirroring and teaming are not
        simulated yet.
      </Lacks>
    </>
  );
};
