package dev.lightning.providers.sources.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Adds up what a commit's files would be on the disk before any is written: a small pack can stand for very much. */
final class TreeSize {
    private static final int MOST_FILES = 500_000;

    private TreeSize() {}

    static void require(Repository repository, RevTree tree, Budget budget, long mostBytes) throws IOException {
        long bytes = 0;
        int files = 0;
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                files++;
                bytes += isFile(walk.getFileMode(0))
                        ? walk.getObjectReader().getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB)
                        : 0;
                if (files > MOST_FILES || bytes > mostBytes) {
                    throw new Budget.TooMuchException("The commit has more files than a checkout may leave");
                }
                budget.require();
            }
        }
    }

    private static boolean isFile(FileMode mode) {
        return (mode.getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE || mode.equals(FileMode.SYMLINK);
    }
}
