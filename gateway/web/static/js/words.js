// What the scripts say, in the language of the page.
const lang = document.documentElement.lang;
const { default: words } = await import(`../words/${lang}.js`);
const plurals = new Intl.PluralRules(lang);
const FORMS = { one: 0, few: 1, many: 2, other: 2 };

export function say(key, values = {}) {
  const word = words[key];
  const form = Array.isArray(word) ? word[FORMS[plurals.select(values.n)] ?? 2] : word;
  return form.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export { lang };
