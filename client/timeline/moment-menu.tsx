import { Menu, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { clockTime } from '../format/lab-time.ts';
import { useMe } from '../state/lab-context.tsx';
import { useMomentWork } from './use-moment-work.ts';

export interface MenuPlace {
  readonly at: number;
  readonly turn: number | null;
  readonly x: number;
  readonly y: number;
}

/** What can be done with a moment. */
export const MomentMenu = ({
  place,
  calendarStart,
  onLook,
  onClose,
}: {
  place: MenuPlace;
  calendarStart: number;
  onLook: () => void;
  onClose: () => void;
}) => {
  const me = useMe();
  const { copyLink, fork } = useMomentWork();
  const { at, turn, x, y } = place;
  const target = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  const time = clockTime(calendarStart, at);
  return (
    <Menu
      open
      positioning={{ target, position: 'below', align: 'start' }}
      onOpenChange={(_, { open }) => !open && onClose()}
    >
      <MenuPopover>
        <MenuList aria-label={`Moment ${time}`}>
          <MenuItem onClick={onLook}>Look at {time}</MenuItem>
          <MenuItem disabled={turn === null} onClick={() => turn !== null && copyLink(turn, time)}>
            Copy a link to this moment
          </MenuItem>
          {me?.role === 'instructor' && (
            <MenuItem onClick={() => void fork(turn === null ? { at } : { turn }, time)}>
              Fork here
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
