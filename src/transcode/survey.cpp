#include "transcode/survey.h"

#include "transcode/treatment.h"

#include <algorithm>
#include <map>
#include <optional>

namespace leedswatch::transcode {
namespace {

/// Keeps the last three pictures and asks the middle one.
class FieldWitness {
public:
    void add(Luma picture, std::vector<FieldVotes>& votes) {
        votes.emplace_back();
        if (m_picture && m_before && m_before->hasSizeOf(picture) && m_picture->hasSizeOf(picture)) {
            votes[votes.size() - 2] = voteOnFields(*m_before, *m_picture, picture);
        }
        m_before = std::move(m_picture);
        m_picture = std::move(picture);
    }

private:
    std::optional<Luma> m_before;
    std::optional<Luma> m_picture;
};

struct Watch {
    LumaReader reader;
    FieldWitness fields;
    BorderFinder borders;
    std::vector<FieldVotes> votes;
    std::map<std::int64_t, std::int64_t> steps;  ///< how often pictures are so far apart
    std::int64_t last = 0;

    base::Result<void> add(const AVFrame& picture, Survey& survey) {
        if (survey.pictures == 0) {
            survey.pixelAspect = picture.sample_aspect_ratio;
        } else {
            ++steps[picture.pts - last];
        }
        last = picture.pts;
        if (survey.sizes.empty() || survey.sizes.back().width != picture.width ||
            survey.sizes.back().height != picture.height) {
            survey.sizes.push_back({survey.pictures, picture.width, picture.height});
        }
        TRY_ASSIGN(Luma luma, reader.read(picture));
        if (survey.sizes.size() == 1) {
            borders.add(luma);
        }
        fields.add(std::move(luma), votes);
        survey.flaggedInterlaced += picture.interlaced_frame != 0 ? 1 : 0;
        ++survey.pictures;
        return {};
    }
};

void conclude(const Watch& watch, const FilmReader& reader, Survey& survey) {
    survey.damage = reader.damage();
    survey.stretches = stretchesOf(watch.votes);
    survey.borders = watch.borders.borders();
    for (const FieldVotes& votes : watch.votes) {
        survey.votes.progressive += votes.progressive;
        survey.votes.topFirst += votes.topFirst;
        survey.votes.bottomFirst += votes.bottomFirst;
    }
    const auto usual = std::ranges::max_element(watch.steps, {}, [](const auto& step) { return step.second; });
    const std::int64_t guess = av_rescale_q(1, {1, 25}, survey.timeBase);
    survey.step = std::max<std::int64_t>(1, usual == watch.steps.end() ? guess : usual->first);
}

}  // namespace

bool Survey::isInterlaced() const {
    return std::ranges::any_of(stretches, [](const Stretch& stretch) {
        return stretch.order == FieldOrder::TopFirst || stretch.order == FieldOrder::BottomFirst;
    });
}

double Survey::seconds() const {
    return static_cast<double>(pictures * step) * av_q2d(timeBase);
}

AVRational Survey::shownPixelAspect() const {
    if (pixelAspect.num > 0 && pixelAspect.den > 0) {
        return pixelAspect;
    }
    return assumedPixelAspect(sizes.front().width, sizes.front().height);
}

base::Result<Survey> surveyFilm(const std::filesystem::path& file, const std::stop_token& stop,
                                const std::function<void(double, double)>& told) {
    TRY_ASSIGN(auto reader, FilmReader::open(file));
    Survey survey;
    survey.container = reader.container();
    survey.codec = reader.codec();
    survey.timeBase = reader.timeBase();
    Watch watch;
    while (true) {
        TRY_ASSIGN(const AVFrame* picture, reader.next());
        if (picture == nullptr) {
            break;
        }
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "stopped while looking at " + file.string());
        }
        TRY(watch.add(*picture, survey));
        told(static_cast<double>(picture->pts) * av_q2d(reader.timeBase()), reader.seconds().value_or(0));
    }
    conclude(watch, reader, survey);
    return survey;
}

}  // namespace leedswatch::transcode
