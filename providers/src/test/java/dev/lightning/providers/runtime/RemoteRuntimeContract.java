package dev.lightning.providers.runtime;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract for runtimes that order what they run on. The tests mostly wait, so several run at once; but those that
 * look at the memory of this process run alone.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class RemoteRuntimeContract extends ToolRuntimeContract {
    private static final ReadWriteLock MEMORY = new ReentrantReadWriteLock(true);

    @BeforeEach
    void share_the_memory(TestInfo test) {
        if (isAboutMemory(test)) {
            MEMORY.writeLock().lock();
        } else {
            MEMORY.readLock().lock();
        }
    }

    @AfterEach
    void give_back(TestInfo test) {
        if (isAboutMemory(test)) {
            MEMORY.writeLock().unlock();
        } else {
            MEMORY.readLock().unlock();
        }
    }

    private static boolean isAboutMemory(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        return name.contains("held") || name.contains("memory");
    }

    @Override
    protected final boolean hasNetwork() {
        return true;
    }
}
