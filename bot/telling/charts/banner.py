def draw_banner(words, series): raise NotImplementedError
