#include "ui/snapshot/snapshot_taker.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <QPainter>
#include <algorithm>
#include <cstring>

namespace leedswatch::ui {

namespace {

constexpr int bytesPerPixel = 3;

QImage imageOf(const video::FullPicture& picture) {
    return {picture.pixels.data(), picture.width, picture.height, picture.width * bytesPerPixel, QImage::Format_RGB888};
}

video::FullPicture pictureOf(const QImage& image, base::UtcTime time) {
    video::FullPicture picture;
    picture.width = image.width();
    picture.height = image.height();
    picture.time = time;
    const auto row = static_cast<std::size_t>(image.width()) * bytesPerPixel;
    picture.pixels.resize(row * static_cast<std::size_t>(image.height()));
    for (int y = 0; y < image.height(); ++y) {
        std::memcpy(picture.pixels.data() + static_cast<std::size_t>(y) * row, image.constScanLine(y), row);
    }
    return picture;
}

/// With square pixels, none of them left out.
QSize trueSize(const video::FullPicture& picture) {
    const double shape = static_cast<double>(picture.pixelAspectNumerator) / picture.pixelAspectDenominator;
    return {static_cast<int>(std::lround(picture.width * std::max(shape, 1.0))),
            static_cast<int>(std::lround(picture.height / std::min(shape, 1.0)))};
}

SnapshotTaker::Outcome failed(const base::Error& error) {
    return {false, snapshotRefusal(error)};
}

}  // namespace

QString snapshotRefusal(const base::Error& error) {
    if (error.code == base::ErrorCode::StorageFull) {
        return QStringLiteral("No snapshot: the disk is full, nothing was kept. Tell the supervisor");
    }
    const QString advice = whatToDo(error.code);
    return QStringLiteral("No snapshot: %1%2")
        .arg(sentenceOf(error), advice.isEmpty() ? QString{} : QLatin1Char{' '} + advice);
}

QString snapshotTime(base::UtcTime time) {
    const QString zone = toQt(base::localZoneAbbreviation(time));
    const QString offset = zone == QStringLiteral("BST") ? QStringLiteral("UTC+1") : QStringLiteral("UTC+0");
    return QStringLiteral("%1 %2 %3 (%4)")
        .arg(toQt(base::formatLocalDate(time)), toQt(base::formatLocalTimeOfDayWithMilliseconds(time)), zone, offset);
}

video::FullPicture markedCopy(const evidence::SnapshotSubject& subject, const video::FullPicture& original) {
    const QSize size = trueSize(original);
    QFont font;
    font.setPixelSize(std::clamp(size.height() / 28, 11, 40));
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics{font};
    const QString camera = QStringLiteral("%1  %2").arg(subject.camera.number).arg(toQt(subject.camera.name));
    QString time = snapshotTime(original.time);
    if (subject.state != "LIVE") {
        time += QStringLiteral("  ") + toQt(subject.state);
    }
    const int margin = metrics.height() / 2;
    const bool isNarrow = metrics.horizontalAdvance(camera + time) + 4 * margin > size.width();
    const int lines = isNarrow ? 2 : 1;
    QImage image{size + QSize{0, lines * metrics.height() + margin}, QImage::Format_RGB888};
    image.fill(Qt::black);
    QPainter painter{&image};
    painter.setRenderHint(QPainter::SmoothPixmapTransform, size != QSize(original.width, original.height));
    painter.drawImage(QRect{QPoint{}, size}, imageOf(original));
    painter.setFont(font);
    painter.setPen(Qt::white);
    QRect line{margin, size.height() + margin / 2, size.width() - 2 * margin, metrics.height()};
    const int room = isNarrow ? line.width() : line.width() - metrics.horizontalAdvance(time) - 2 * margin;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(camera, Qt::ElideRight, room));
    line.translate(0, isNarrow ? metrics.height() : 0);
    painter.drawText(line, Qt::AlignVCenter | (isNarrow ? Qt::AlignLeft : Qt::AlignRight),
                     metrics.elidedText(time, Qt::ElideRight, line.width()));
    painter.end();
    return pictureOf(image, original.time);
}

SnapshotTaker::SnapshotTaker(ConsoleContext& context, QObject* parent)
    : QObject{parent}, m_context{context}, m_worker{*this} {}

void SnapshotTaker::take(const evidence::SnapshotSubject& subject,
                         std::function<base::Result<video::FullPicture>()> picture,
                         std::function<void(const Outcome&)> done) {
    const bool isTaken = m_worker.run(
        [&context = m_context, acting = m_context.acting, subject, picture = std::move(picture)]() -> Outcome {
            const auto original = picture();
            if (!original) {
                return failed(original.error());
            }
            evidence::SnapshotArchive archive{context.database, context.clock};
            const auto kept = archive.keep(acting, subject, *original, markedCopy(subject, *original));
            if (!kept) {
                return failed(kept.error());
            }
            // Short enough for the strip of a small tile; in the folder of the day it is found by camera and time.
            const auto day = std::filesystem::relative(kept->folder.parent_path(), context.dataFolder);
            return {true, QStringLiteral("Snapshot in %1").arg(QString::fromStdString(day.string()))};
        },
        done);
    if (!isTaken) {
        done({false, QStringLiteral("No snapshot: too many are still being written")});
    }
}

}  // namespace leedswatch::ui
