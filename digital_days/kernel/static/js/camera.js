// The rear camera, for as long as the page is looked at; frames are offered at a pace that leaves the phone cool.
const FRAME_PAUSE_MS = 120;

export const cameraIsPossible = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

export async function cameraIsGranted() {
  try {
    return (await navigator.permissions.query({ name: "camera" })).state === "granted";
  } catch {
    return false; // some browsers do not know this permission by name
  }
}

// Gives the function that switches the camera off; refusals of the person or the device reject.
export async function openCamera(video, onFrame) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  let open = true;
  const close = () => {
    open = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  const look = async () => {
    if (!open) return;
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) await onFrame(video);
    setTimeout(next, FRAME_PAUSE_MS);
  };
  const next = () => {
    if (!open) return;
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(look);
    else look();
  };
  try {
    video.srcObject = stream;
    await video.play();
  } catch (refusal) {
    close();
    throw refusal;
  }
  next();
  return close;
}
