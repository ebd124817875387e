#include "analytics/mask_run.h"

#include "analytics/picture_folder.h"
#include "analytics/picture_reader.h"
#include "base/part_folder.h"
#include "video/png.h"

#include <system_error>

namespace leedswatch::analytics {
namespace {

base::Result<cv::Mat> readPicture(const std::filesystem::path& file, ColourConverter& colours) {
    TRY_ASSIGN(auto reader, PictureReader::open(file));
    TRY_ASSIGN(const auto picture, reader.next());
    return colours.convert(*picture->frame);
}

base::Result<void> writeMask(const std::filesystem::path& file, const cv::Mat& mask) {
    TRY_ASSIGN(const auto bytes, video::pngOf(video::GreyPicture{mask.cols, mask.rows, mask.data}));
    TRY_ASSIGN(auto out, base::File::create(file));
    TRY(out.write(bytes));
    return out.close();
}

base::Result<void> checkOutput(const std::filesystem::path& output) {
    std::error_code error;
    const bool isThere = std::filesystem::exists(output, error);
    if (isThere && !(std::filesystem::is_directory(output, error) && std::filesystem::is_empty(output, error))) {
        return base::fail(base::ErrorCode::AlreadyExists,
                          output.string() + " is there and not an empty folder; name a new one");
    }
    return {};
}

base::Result<void> giveName(base::PartFolder& part, const std::filesystem::path& output) {
    std::error_code error;
    std::filesystem::rename(part.path(), output, error);
    if (error) {
        return base::fail(base::ErrorCode::StorageFailed,
                          "the masks cannot be put at " + output.string() + ": " + error.message());
    }
    part.release();
    return {};
}

}  // namespace

base::Result<MaskReport> writeMasks(const std::filesystem::path& input, const std::filesystem::path& output,
                                    Closeness closeness, const std::stop_token& stop,
                                    const std::function<void(std::int64_t, std::size_t)>& told) {
    TRY_ASSIGN(const auto pictures, numberedPictures(input));
    const auto target = output.has_filename() ? output : output.parent_path();  // "masks/" is "masks"
    TRY(checkOutput(target));
    // What a run left behind that was killed.
    static_cast<void>(base::removeAbandonedParts(target.has_parent_path() ? target.parent_path() : "."));
    TRY_ASSIGN(auto part, base::PartFolder::create(target));
    ForegroundModel model{closeness};
    ColourConverter colours;
    MaskReport report;
    for (const NumberedPicture& numbered : pictures) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "stopped; nothing was written");
        }
        TRY_ASSIGN(const cv::Mat picture, readPicture(numbered.file, colours));
        if (report.pictures == 0) {
            report.width = picture.cols;
            report.height = picture.rows;
        } else if (picture.cols != report.width || picture.rows != report.height) {
            return base::fail(base::ErrorCode::InvalidInput,
                              numbered.file.string() + " is " + std::to_string(picture.cols) + "x" +
                                  std::to_string(picture.rows) + ", and those before it " +
                                  std::to_string(report.width) + "x" + std::to_string(report.height));
        }
        TRY(writeMask(part.path() / (numbered.file.stem().string() + ".png"), model.apply(picture)));
        ++report.pictures;
        told(report.pictures, pictures.size());
    }
    TRY(giveName(part, target));
    return report;
}

}  // namespace leedswatch::analytics
