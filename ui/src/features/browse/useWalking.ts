// Whether a person goes through the rows with a key held down.
import { useEffect, useState } from "react";

export function useWalking(): boolean {
  const [isWalking, setWalking] = useState(false);
  useEffect(() => {
    const hear = ({ repeat, target }: KeyboardEvent) =>
      setWalking(repeat && target instanceof Element && target.closest("[role=grid]") !== null);
    const rest = () => setWalking(false);
    window.addEventListener("keydown", hear, true);
    window.addEventListener("keyup", rest, true);
    window.addEventListener("blur", rest);
    return () => {
      window.removeEventListener("keydown", hear, true);
      window.removeEventListener("keyup", rest, true);
      window.removeEventListener("blur", rest);
    };
  }, []);
  return isWalking;
}
