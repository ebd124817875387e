#include "video/film_file.h"

#include "video/ffmpeg_error.h"

namespace leedswatch::video {

base::Result<InputHandle> openFilm(const std::filesystem::path& file) {
    quietFfmpeg();
    AVFormatContext* context = avformat_alloc_context();
    AVDictionary* options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    av_dict_set(&options, "pattern_type", "none", 0);
    int answer = avformat_open_input(&context, ("file:" + file.string()).c_str(), nullptr, &options);
    av_dict_free(&options);
    InputHandle input{answer < 0 ? nullptr : context};
    if (answer >= 0) {
        answer = avformat_find_stream_info(input.get(), nullptr);
    }
    if (answer < 0) {
        return base::fail(errorFromFfmpeg(answer, "open " + file.string()));
    }
    return input;
}

}  // namespace leedswatch::video
