// Which keys people press here: on a Mac, Command stands for what is Control elsewhere.
export const isMac = () => navigator.platform.startsWith("Mac");

type Keys = Pick<KeyboardEvent, "ctrlKey" | "metaKey">;

/** The key that makes a command of a letter. */
export const hasCommand = ({ ctrlKey, metaKey }: Keys) => (isMac() ? metaKey : ctrlKey);
