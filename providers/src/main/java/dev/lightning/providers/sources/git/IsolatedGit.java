package dev.lightning.providers.sources.git;

import java.io.File;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * The machine as git sees it: without anybody's configuration. What a user or the machine has set (filters, proxies,
 * other addresses, credentials, hooks) is for people at a shell; with it a repository could start programs here.
 */
final class IsolatedGit extends SystemReader.Delegate {
    private IsolatedGit(SystemReader machine) {
        super(machine);
    }

    /**
     * Takes effect for all of this process, where nobody else uses git; git keeps a processor busy for a second then.
     *
     * @param folder a folder on the disk of all checkouts: git measures how exact its times are, by files that it makes, and
     *     is not to do so in a checkout
     */
    static synchronized void install(Path folder) {
        if (!(SystemReader.getInstance() instanceof IsolatedGit)) {
            SystemReader.setInstance(new IsolatedGit(SystemReader.getInstance()));
            FS.FileStoreAttributes.setBackground(true);
            FS.FileStoreAttributes.get(folder);
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** A configuration that says nothing and keeps nothing. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, new File("/dev/null"), fs);
        }

        @Override
        public void load() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public void save() {}
    }
}
