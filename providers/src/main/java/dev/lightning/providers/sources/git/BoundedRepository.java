package dev.lightning.providers.sources.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/**
 * A repository that takes no object above a size: git holds trees, commits and everything that is sent as a difference in
 * memory, however large the sender says it is.
 */
final class BoundedRepository extends FileRepository {
    private final long largestObject;

    private BoundedRepository(Path folder, long largestObject) throws IOException {
        super(new FileRepositoryBuilder()
                .setWorkTree(folder.toFile())
                .setGitDir(folder.resolve(Constants.DOT_GIT).toFile())
                .setup());
        this.largestObject = largestObject;
    }

    /** Makes an empty one in a new folder; what it will say of itself names where it came from and no machine. */
    static BoundedRepository make(Path folder, String url, long largestObject) throws IOException {
        BoundedRepository repository = new BoundedRepository(folder, largestObject);
        repository.create();
        var config = repository.getConfig();
        config.setBoolean(
                ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_LOGALLREFUPDATES, false);
        config.setString(ConfigConstants.CONFIG_REMOTE_SECTION, Constants.DEFAULT_REMOTE_NAME, "url", url);
        config.setString(
                ConfigConstants.CONFIG_REMOTE_SECTION,
                Constants.DEFAULT_REMOTE_NAME,
                "fetch",
                "+refs/heads/*:refs/remotes/origin/*");
        config.save();
        return repository;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = super.newPackParser(in);
                parser.setMaxObjectSizeLimit(largestObject);
                return parser;
            }
        };
    }
}
