// Which keys people press here: on a Mac, Command stands for what is Control elsewhere.
export const isMac = () => navigator.platform.startsWith("Mac");

type Keys = Pick<KeyboardEvent, "ctrlKey" | "metaKey">;

/** Whether a key is part of writing with an input method; Safari says so by the old number alone at its end. */
export const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;

/** The key that makes a command of a letter. */
export const hasCommand = ({ ctrlKey, metaKey }: Keys) => (isMac() ? metaKey : ctrlKey);
