import { commands, ExtensionContext, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Starts `swax lsp`, which does all the work. */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(commands.registerCommand("swax.restart", restart));
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function start(): Promise<void> {
  const command = workspace.getConfiguration("swax").get("command", "swax");
  client = new LanguageClient(
    "swax",
    "swax",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ language: "swax" }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.swax") },
    },
  );
  await client.start();
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}
