// What the reader has selected stays selected while the place around it is brought up to date.

// A beginning stands before its first letter, an end after its last: not in the neighbour's text.
function pointAt(place, offset, isEnd) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left < node.length + isEnd) return [node, left];
    left -= node.length;
  }
  return [place, place.childNodes.length];
}

function nearest(whole, text, start) {
  const [before, after] = [whole.lastIndexOf(text, start), whole.indexOf(text, start)];
  if (before < 0 || after < 0) return Math.max(before, after);
  return start - before < after - start ? before : after;
}

// `act` may put other elements in; the same words, where they now stand, are selected again.
export function keepSelected(place, act) {
  const selection = getSelection();
  const range = selection.isCollapsed ? null : selection.getRangeAt(0);
  if (!range || !place.contains(range.commonAncestorContainer)) return act();
  const before = document.createRange();
  before.selectNodeContents(place);
  before.setEnd(range.startContainer, range.startOffset);
  const [start, text] = [before.toString().length, range.toString()];
  act();
  const now = nearest(place.textContent, text, start);
  if (now < 0 || selection.getRangeAt(0).toString() === text) return;
  selection.setBaseAndExtent(...pointAt(place, now, 0), ...pointAt(place, now + text.length, 1));
}
