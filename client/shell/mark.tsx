import { Link } from '../route/navigation.tsx';
import css from './shell.module.css';

export const Mark = () => (
  <Link to={{ page: 'home' }} className={css['mark']}>
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="12" width="18" height="6" rx="1.5" fill="var(--e-hypercall)" />
      <rect x="1" y="2" width="7" height="8" rx="1.5" fill="var(--e-brand)" />
      <rect x="12" y="2" width="7" height="8" rx="1.5" fill="var(--e-synthetic)" />
      <path d="M8 6h4" stroke="currentColor" strokeWidth="1.6" />
    </svg>
    Enlighten
  </Link>
);
