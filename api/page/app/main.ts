import { h, render } from 'preact';
import { webClock, webRandom } from '../../../shared/adapters/web/web-clock.ts';
import { App } from './app.tsx';
import { chooseLanguage } from './language/choose-language.ts';
import './styles/main.css';

const language = chooseLanguage(navigator.languages);
document.documentElement.lang = language.tag;

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element with the id "app"');
render(
  h(App, {
    language,
    baseUrl: location.origin,
    fetch: (input, init) => fetch(input, init),
    storage: sessionStorage,
    clock: webClock,
    random: webRandom,
  }),
  root,
);
