import {
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { NextFilled } from '@fluentui/react-icons/svg/next';
import { useSubmit } from '../state/command.ts';
import { useRecords } from '../state/lab-context.tsx';
import { mayStep, STEPS } from './speeds.ts';

export const StepMenu = ({ paused }: { paused: boolean }) => {
  const submit = useSubmit();
  const jobs = useRecords('job');
  const label = paused ? 'Step' : 'Step: pause the lab first';
  return (
    <Menu persistOnItemClick>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={label} relationship="label">
          <MenuButton
            appearance="subtle"
            size="small"
            icon={<NextFilled />}
            menuIcon={null}
            shape="circular"
            disabledFocusable={!paused}
          />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {STEPS.map(({ to, label: name, about }) => (
            <MenuItem
              key={to}
              subText={mayStep(to, jobs) ? about : 'no task is running'}
              disabled={!mayStep(to, jobs)}
              onClick={() => void submit('clock.step', { to })}
            >
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
