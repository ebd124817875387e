#include "transcode/piece_file.h"

#include "base/file.h"
#include "video/ffmpeg_error.h"

namespace leedswatch::transcode {
namespace {

/// What fails while a file is written is the disk's fault, and FFmpeg then gives the system's own number.
base::Error writingError(int answer, const std::filesystem::path& path) {
    const std::string what = "write " + path.string();
    const int number = AVUNERROR(answer);
    const bool isSystems = number > 0 && number < 200;
    return isSystems ? base::errorFromErrno(number, what)
                     : base::Error{base::ErrorCode::Internal, video::errorFromFfmpeg(answer, what).message};
}

}  // namespace

base::Result<FilmFile> FilmFile::create(const std::filesystem::path& path, const char* format) {
    TRY_ASSIGN(auto made, base::File::create(path));
    TRY(made.close());
    AVIOContext* io = nullptr;
    const int answer = avio_open(&io, ("file:" + path.string()).c_str(), AVIO_FLAG_READ_WRITE);
    if (answer < 0) {
        return base::fail(writingError(answer, path));
    }
    AvioHandle handle{io};
    AVFormatContext* output = nullptr;
    if (avformat_alloc_output_context2(&output, nullptr, format, nullptr) < 0) {
        return base::fail(base::ErrorCode::Unsupported, std::string{"this FFmpeg writes no "} + format);
    }
    output->pb = io;
    return FilmFile{path, std::move(handle), video::OutputHandle{output}};
}

base::Result<AVStream*> FilmFile::add(const AVCodecParameters& parameters, AVRational timeBase) {
    AVStream* stream = avformat_new_stream(m_output.get(), nullptr);
    if (stream == nullptr || avcodec_parameters_copy(stream->codecpar, &parameters) < 0) {
        return base::fail(base::ErrorCode::Internal, "no memory for a stream");
    }
    stream->codecpar->codec_tag = 0;  // what one container calls a coding is not what another does
    stream->time_base = timeBase;
    return stream;
}

base::Result<void> FilmFile::begin() {
    m_output->flags |= AVFMT_FLAG_BITEXACT;  // no date and no version: the same source gives the same bytes
    return check(avformat_write_header(m_output.get(), nullptr));
}

base::Result<void> FilmFile::write(AVPacket& packet) {
    return check(av_interleaved_write_frame(m_output.get(), &packet));
}

base::Result<void> FilmFile::close() {
    TRY(check(av_write_trailer(m_output.get())));
    avio_flush(m_io.get());
    TRY(check(0));
    AVIOContext* io = m_io.release();
    const int answer = avio_closep(&io);
    if (answer < 0) {
        return base::fail(writingError(answer, m_path));
    }
    TRY_ASSIGN(auto file, base::File::openForWriting(m_path));
    return file.sync();
}

base::Result<void> FilmFile::check(int answer) const {
    if (answer >= 0 && m_io->error < 0) {
        answer = m_io->error;
    }
    if (answer < 0) {
        return base::fail(writingError(answer, m_path));
    }
    return {};
}

}  // namespace leedswatch::transcode
