import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Select,
} from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { Role } from '../../server/protocol/role.ts';
import {
  createLink,
  type JoinLink,
  listLinks,
  type MadeLink,
  type Problem,
  revokeLink,
} from '../rest/request.ts';
import { useAsked } from '../rest/use-asked.ts';
import { ProblemNote } from './house-page.tsx';
import css from './house.module.css';

const SPANS = [
  [2, '2 hours'],
  [12, '12 hours'],
  [24 * 7, '1 week'],
  [24 * 90, '90 days'],
] as const;

/** Join links of a lab: a new one to read aloud, to send, or to scan from a wall. */
export const ShareDialog = ({
  lab,
  name,
  onClose,
}: {
  lab: string;
  name: string;
  onClose: () => void;
}) => {
  const links = useAsked(listLinks, lab);
  const [made, setMade] = useState<MadeLink | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (role: Role, hours: number): Promise<void> => {
    const answer = await createLink(lab, role, hours);
    setProblem(answer.ok ? null : answer.fault);
    if (answer.ok) setMade(answer.value);
    links.again();
  };
  const revoke = async (link: string): Promise<void> => {
    const answer = await revokeLink(lab, link);
    setProblem(answer.ok ? null : answer.fault);
    if (made?.link === link) setMade(null);
    links.again();
  };
  const open = (links.value?.links ?? []).filter(isOpen);
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 520 }}>
        <DialogBody>
          <DialogTitle>Invite to {name}</DialogTitle>
          <DialogContent className={css['form'] ?? ''}>
            {made === null ? <MakeLink onMake={make} /> : <Made link={made} />}
            {problem && <ProblemNote problem={problem} />}
            {open.length > 0 && <OpenLinks links={open} onRevoke={revoke} />}
          </DialogContent>
          <DialogActions>
            {made !== null && <Button onClick={() => setMade(null)}>Another Link</Button>}
            <Button appearance="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
};

const isOpen = ({ revokedAt, expiresAt }: JoinLink): boolean =>
  revokedAt === null && Date.parse(expiresAt) > Date.now();

const MakeLink = ({ onMake }: { onMake: (role: Role, hours: number) => Promise<void> }) => {
  const [role, setRole] = useState<Role>('learner');
  const [hours, setHours] = useState(12);
  return (
    <>
      <p style={{ margin: 0 }}>
        Whoever opens the link gives a name and is in the lab: no account, no installation.
      </p>
      <Field label="They join as">
        <Select
          value={role}
          onChange={(_, { value }) => setRole(value === 'instructor' ? 'instructor' : 'learner')}
        >
          <option value="learner">Learner</option>
          <option value="instructor">Instructor</option>
        </Select>
      </Field>
      <Field label="The link works for">
        <Select value={String(hours)} onChange={(_, { value }) => setHours(Number(value))}>
          {SPANS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Button appearance="primary" onClick={() => void onMake(role, hours)}>
        Make a Join Link
      </Button>
    </>
  );
};

/** The address is only in this answer; the server keeps a hash. */
const Made = ({ link: { url, qr, role } }: { link: MadeLink }) => {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    field.current?.select();
    // The clipboard of the newer kind is for secure contexts only, and a classroom's LAN is none.
    setCopied(document.execCommand('copy'));
  };
  return (
    <>
      <div className={css['qr']}>
        <img src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt={`Code of ${url}`} />
      </div>
      <Field
        label={`Link for ${role === 'instructor' ? 'instructors' : 'learners'}, shown only now`}
        {...(copied ? { validationMessage: 'Copied.', validationState: 'success' } : {})}
      >
        <Input
          readOnly
          value={url}
          input={{ ref: field }}
          onFocus={event => event.target.select()}
          contentAfter={
            <Button size="small" appearance="transparent" onClick={copy}>
              Copy
            </Button>
          }
        />
      </Field>
    </>
  );
};

const OpenLinks = ({
  links,
  onRevoke,
}: {
  links: readonly JoinLink[];
  onRevoke: (link: string) => Promise<void>;
}) => (
  <div>
    <p style={{ margin: '6px 0' }}>Open links</p>
    <ul className={css['links']}>
      {links.map(({ link, role, uses, expiresAt }) => (
        <li key={link}>
          <span>
            {role}, used {uses} times, until {new Date(expiresAt).toLocaleString()}
          </span>
          <Button size="small" style={{ flex: 'none' }} onClick={() => void onRevoke(link)}>
            Close the Link
          </Button>
        </li>
      ))}
    </ul>
  </div>
);
