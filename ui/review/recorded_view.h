#pragma once

#include "video/frame.h"

#include <QWidget>
#include <memory>

namespace leedswatch::ui {

/// The picture of a recording in a white mount that says RECORDED, and below it a notice where there is something to
/// say. Nothing covers the picture: a camera burns its clock into a corner, and that is evidence. Only while a part of
/// it is being chosen something lies over it. Paints when it is given something new and at no other time.
class RecordedView final : public QWidget {
    Q_OBJECT

public:
    explicit RecordedView(QWidget* parent);

    void setFrame(std::shared_ptr<const video::Frame> frame);
    /// Shown in the middle, instead of a picture.
    void setEmptyText(const QString& title, const QString& text);
    /// A line at the foot of the picture; empty takes it away.
    enum class Tone { Plain, Warning };
    void setNotice(const QString& text, Tone tone = Tone::Plain);

    /// "UNMASKED 4:32" while the camera's privacy zones are lifted; empty: they are not.
    void setUnmasked(const QString& text);

    /// Lies over the picture, as large as it, while there is one and `shown`. It is the view's from now on.
    void setOverlay(QWidget* overlay);
    void showOverlay(bool shown);

    [[nodiscard]] const QString& unmasked() const { return m_unmasked; }
    [[nodiscard]] const QString& notice() const { return m_notice; }
    [[nodiscard]] const QString& emptyTitle() const { return m_emptyTitle; }
    [[nodiscard]] const std::shared_ptr<const video::Frame>& frame() const { return m_frame; }

Q_SIGNALS:
    void resized(QSize devicePixels);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QRectF pictureRect() const;
    void paintMount(QPainter& painter, const QRectF& picture) const;
    void paintNotice(QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;
    void placeOverlay();

    std::shared_ptr<const video::Frame> m_frame;
    QString m_emptyTitle;
    QString m_emptyText;
    QString m_notice;
    QString m_unmasked;
    Tone m_tone = Tone::Plain;
    QWidget* m_overlay = nullptr;
    bool m_showsOverlay = false;
};

}  // namespace leedswatch::ui
