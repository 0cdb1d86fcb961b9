import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '../server/base/assert.ts';
import { App } from './app.tsx';
import './theme/palette.css';

const page = must(document.getElementById('page'), 'index.html has it');
createRoot(page).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
