// The text of a QR code in a video frame: the browser's own detector where there is one, jsQR elsewhere.
import jsQR from "jsqr";

const LARGEST_SIDE = 720;

export async function makeReader() {
  return (await nativeReader()) ?? scriptReader();
}

async function nativeReader() {
  try {
    if (!(await window.BarcodeDetector?.getSupportedFormats())?.includes("qr_code")) return null;
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  } catch {
    return null;
  }
}

function scriptReader() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LARGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width || !canvas.height) return "";
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
}
