package dev.lightning.api.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostsAtOnceTest {
    private final PostsAtOnce posts = new PostsAtOnce(new OverloadSettings(null, 6));

    @Test
    void a_user_gets_half_of_the_places_and_gives_them_back() {
        List<PostsAtOnce.Place> places = places("a", 3);
        assertThatThrownBy(() -> posts.enter("a")).hasMessageContaining("429");

        places.getFirst().close();

        places("a", 1);
        assertThat(posts.refused()).isOne();
    }

    @Test
    void there_are_no_more_than_all_places() {
        places("a", 3);
        places("b", 3);

        assertThatThrownBy(() -> posts.enter("c")).hasMessageContaining("429");
    }

    private List<PostsAtOnce.Place> places(String owner, int number) {
        return Stream.generate(() -> posts.enter(owner)).limit(number).toList();
    }
}
