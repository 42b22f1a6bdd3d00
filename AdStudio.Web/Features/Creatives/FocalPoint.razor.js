// Tells where in the picture somebody presses or drags, as parts of its width and height, and how arrow keys nudge.
export function watch(frame, dotnet) {
  let dragging = false, last = 0;
  const at = e => {
    const box = frame.getBoundingClientRect();
    const part = (value, from, size) => Math.min(1, Math.max(0, (value - from) / size));
    return [part(e.clientX, box.left, box.width), part(e.clientY, box.top, box.height)];
  };
  const tell = (e, done) => dotnet.invokeMethodAsync("Moved", ...at(e), done);
  const down = e => {
    if (e.button !== 0) return;
    dragging = true;
    frame.setPointerCapture(e.pointerId);
    frame.focus({ preventScroll: true });
    e.preventDefault();
    tell(e, false);
  };
  const move = e => {
    // The circuit need not hear of every pixel.
    if (!dragging || e.timeStamp - last < 60) return;
    last = e.timeStamp;
    tell(e, false);
  };
  const up = e => {
    if (!dragging) return;
    dragging = false;
    tell(e, true);
  };
  const key = e => {
    const step = e.shiftKey ? 0.1 : 0.02;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key];
    if (!by || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    dotnet.invokeMethodAsync("Nudged", ...by);
  };
  const all = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, keydown: key };
  for (const [name, what] of Object.entries(all)) frame.addEventListener(name, what);
  return { dispose: () => { for (const [name, what] of Object.entries(all)) frame.removeEventListener(name, what); } };
}
