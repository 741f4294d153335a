// Usage: browser.mjs PAGES PICTURES
// Opens pages in Chromium, in three widths, light and dark: a page says nothing on the console, asks
// for nothing but itself, runs no script, never scrolls sideways; axe-core finds no violation.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [folder, pictures] = process.argv.slice(2).map((path) => resolve(path));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = [360, 800, 1600];
const schemes = ['light', 'dark'];
// Of so large a page axe-core needs minutes; what it would find there it finds in the others.
const mostBytesForAxe = 400_000;

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find(existsSync);
if (!executablePath) {
  console.log('SKIPPED: no Chromium to open the pages in');
  process.exit(0);
}

let failures = 0;
function fail(name, what) {
  failures += 1;
  console.log(`${name}: ${what}`);
}

/// Every id that a link leads to is there, and what is folded around it opens.
async function checkLinks(page, name) {
  const broken = await page.evaluate(() => [...document.querySelectorAll('a')]
    .map((link) => link.getAttribute('href'))
    .filter((href) => !document.getElementById(href.slice(1))));
  broken.forEach((href) => fail(name, `link to ${href}`));
}

async function checkAccess(page, name) {
  const { violations } = await page.evaluate(async () => {
    document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
    return window.axe.run(document, { resultTypes: ['violations'] });
  });
  for (const { id, help, nodes } of violations) {
    fail(name, `${id}: ${help}: ${nodes[0].html.slice(0, 200)} (${nodes.length} times)`);
  }
}

async function look(browser, name, width, colorScheme, thorough) {
  // The policy of the page would keep axe-core out, which is no part of it.
  const context = await browser.newContext({
    colorScheme, viewport: { width, height: 900 }, bypassCSP: thorough,
  });
  const page = await context.newPage();
  const address = pathToFileURL(join(folder, name)).href;
  const label = `${name} (${width}, ${colorScheme})`;
  page.on('console', (message) => fail(label, `console: ${message.text()}`));
  page.on('pageerror', (error) => fail(label, `error: ${error}`));
  page.on('dialog', (dialog) => { fail(label, 'a dialog'); dialog.dismiss(); });
  page.on('request', (request) => request.url() !== address && fail(label, request.url()));
  await page.goto(address);
  const [scroll, inner] = await page.evaluate(() => [
    document.documentElement.scrollWidth, window.innerWidth]);
  if (scroll > inner) {
    fail(label, `${scroll} pixels wide in a window of ${inner}`);
  }
  await page.screenshot({
    path: join(pictures, `${name.replace('.html', '')}-${width}-${colorScheme}.png`),
  });
  if (width === widths[0] && colorScheme === schemes[0]) {
    await checkLinks(page, label);
  }
  if (thorough) {
    await page.evaluate(axe);
    await checkAccess(page, label);
  }
  await context.close();
}

/// A page that does what none may do is found out.
async function canFail(browser) {
  const page = await browser.newPage();
  let found = 0;
  page.on('console', () => { found += 1; });
  await page.setContent('<script>console.log(1)</script><img src="file:///nowhere.png">');
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  if (found === 0 || violations.length === 0) {
    fail('this test', 'finds nothing wrong with a bad page');
  }
  await page.close();
}

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-quic', '--disable-component-update',
    '--disable-background-networking'],
});
// Every made-up page, and of those of cores one in eight: they differ in their words only.
const made = /^(hostile|circle|crowd)/;
const names = readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
  .filter((name, at) => made.test(name) || at % 8 === 0);
const queue = names.map((name, at) => [name, at]);
async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [name, at] = next;
    const small = readFileSync(join(folder, name)).length < mostBytesForAxe;
    for (const width of widths) {
      for (const scheme of schemes) {
        // Each page in two of the six ways, so that all ways are seen often; one in six in all.
        const turn = widths.indexOf(width) * 2 + schemes.indexOf(scheme);
        const thorough = turn === at % 6;
        const all = process.env.EVERY_WAY || at % 6 === 0;
        if (thorough || (small && (all || turn === (at + 3) % 6))) {
          await look(browser, name, width, scheme, small && thorough);
        }
      }
    }
  }
}
await canFail(browser);
await Promise.all([work(), work()]);
await browser.close();
if (names.length < 30) {
  fail('pages', `only ${names.length}`);
}
console.log(`${names.length} pages`);
process.exit(failures ? 1 : 0);
